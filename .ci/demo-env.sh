# shellcheck shell=bash
# The settings of the demo that `make run` and `make dev` serve. Any of them can be given from outside; PORT is a short
# way to say METKA_ADDR.
export METKA_ADDR=${METKA_ADDR:-127.0.0.1:${PORT:-3000}}
export METKA_DATA_DIR=${METKA_DATA_DIR:-.metka}
export METKA_SANDBOX=${METKA_SANDBOX:-on}

port=${METKA_ADDR##*:}
case $port in
'' | *[!0-9]*) fail "METKA_ADDR=$METKA_ADDR has no port at its end. For instance: PORT=3005 make run" ;;
esac
if [ "$port" != 0 ] && port_is_busy "$port"; then
  fail "Port $port is taken by another program (perhaps Metka already runs there). Stop it, or take another port: PORT=$((port + 5)) make run"
fi
