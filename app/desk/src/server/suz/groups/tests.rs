use super::*;

#[test]
fn the_file_is_read() {
    assert_eq!(choices().len(), 48);
}
