//! How the sandbox behaves on the wire. One binary, so that it links once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod identifiers;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod persistence;
#[cfg(test)]
mod stand;
