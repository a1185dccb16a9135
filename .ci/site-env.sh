# shellcheck shell=bash
# Where the built server finds the site it belongs to.
export LEPTOS_OUTPUT_NAME=metka
export LEPTOS_HASH_FILES=true
export LEPTOS_SITE_ROOT=${CARGO_TARGET_DIR:?}/site
