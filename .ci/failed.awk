# The names of the tests that failed and the first words each of them said, from the logs that count.awk reads; each line once.

function tell(line) {
  sub(/ +$/, "", line)
  if (!(line in told)) {
    told[line] = 1
    print substr(line, 1, 300)
  }
}

# cargo-nextest:         FAIL [   1.234s] ( 878/1839) server::behaviour commands::a_test
/^ +(FAIL|TIMEOUT|ABORT|LEAK-FAIL|SIG[A-Z]+) +\[/ {
  sub(/^.*\] +(\( *[0-9]+\/[0-9]+\) +)?/, "")
  tell($0)
}

# cargo test and wasm-bindgen-test-runner: test a_test ... FAILED
/^test .* (FAILED|FAIL)$/ { tell($2) }

# What a test of either died of: the place, then the words.
/stack backtrace:/ { words = 0 }
words > 0 && NF { sub(/^ +/, ""); tell("    " $0); words-- }
/panicked at / { sub(/^.*panicked at /, ""); tell("    " $0); words = 3 }

# Playwright:   1) [chromium] › tests/a.spec.ts:10:5 › a journey
/^  +[0-9]+\) \[/ { sub(/^ +[0-9]+\) /, ""); sub(/ ─+$/, ""); tell($0) }
/^    +Error: / { sub(/^ +/, "    "); tell($0) }
