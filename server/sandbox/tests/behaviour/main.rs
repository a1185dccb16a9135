//! How the sandbox behaves on the wire. One binary, so that it links once.

#[cfg(test)]
mod access;
#[cfg(test)]
mod boxes;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod campaigns;
#[cfg(test)]
mod control;
#[cfg(test)]
mod crpt;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod identifiers;
#[cfg(test)]
mod labels;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod notifications;
#[cfg(test)]
mod offers;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod persistence;
#[cfg(test)]
mod returns;
#[cfg(test)]
mod stand;
#[cfg(test)]
mod status;
#[cfg(test)]
mod verification;
