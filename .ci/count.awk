# Adds up what cargo-nextest, cargo test, wasm-bindgen-test-runner and Playwright say at their ends: prints "PASSED FAILED".

function number_before(word) {
  return match($0, "[0-9]+ " word) ? substr($0, RSTART, RLENGTH) + 0 : 0
}

# Summary [   1.234s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped
/Summary \[.*tests? run:/ {
  passed += number_before("passed")
  sub(/.*\] */, "")
  failed += ($0 + 0) - number_before("passed")
}

# test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out
/^test result:/ {
  passed += number_before("passed")
  failed += number_before("failed")
}

# Playwright: one line for each outcome, indented by two.
/^  [0-9]+ passed/ { passed += $1 }
/^  [0-9]+ (failed|flaky|interrupted|did not run)/ { failed += $1 }

END { print passed + 0, failed + 0 }
