//! What draws labels.

use crate::printing::{LabelTexts, Paper, PrintFault, PrintFormat};

/// Draws labels. Nothing here waits for anything but the processor.
pub trait Press: Send + Sync {
    /// Says whether every one of these codes can be printed.
    ///
    /// # Errors
    /// The first reason why not.
    fn check(&self, codes: &[String], texts: &LabelTexts, paper: Paper) -> Result<(), PrintFault>;

    /// The file with a label for every code, in this order.
    ///
    /// # Errors
    /// The first reason why there is none.
    fn file(
        &self,
        codes: &[String],
        texts: &LabelTexts,
        paper: Paper,
        format: PrintFormat,
    ) -> Result<Vec<u8>, PrintFault>;
}
