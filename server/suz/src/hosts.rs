//! Where the services are: a table country × contour × service, and the operator's file that overrides its rows.
//!
//! Hosts belong to the operator. A person chooses a country and a contour and never types an address, so nobody can
//! point the program at an inner one.

use desk::suz::{Contour, Country, Service};
use reqwest::Url;
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};
use toml::Spanned;

/// The services that this client speaks to. МДЛП, where pharma signs in, is none of them.
const SERVICES: [Service; 3] = [Service::TrueApi, Service::Suz, Service::Registration];

/// What stands before `/api/v3` where one listener of the sandbox plays all hosts.
const fn sandbox_prefix(service: Service) -> &'static str {
    match service {
        Service::TrueApi => "true-api-host",
        Service::Suz => "suz-host",
        Service::Registration => "suz-integrator-host",
        Service::Mdlp => "mdlp-host",
    }
}

/// One row of the table: which service of which contour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place {
    country: Country,
    contour: Contour,
    service: Service,
}

/// The rows that everybody begins with. Source: «Описание API СУЗ», edition 62, 4.4 and 9.2.1; True API, 1.4.
const BUILT_IN: [(Country, Contour, Service, &str); 6] = {
    use {Contour as C, Country as L, Service as S};
    [
        (
            L::Russia,
            C::Production,
            S::TrueApi,
            "https://markirovka.crpt.ru",
        ),
        (L::Russia, C::Production, S::Suz, "https://suzgrid.crpt.ru"),
        (
            L::Russia,
            C::Production,
            S::Registration,
            "https://suzgrid.crpt.ru:16443",
        ),
        (
            L::Russia,
            C::Test,
            S::TrueApi,
            "https://markirovka.sandbox.crptech.ru",
        ),
        (L::Russia, C::Test, S::Suz, "https://suz.sandbox.crptech.ru"),
        (
            L::Russia,
            C::Test,
            S::Registration,
            "https://suz-integrator.sandbox.crptech.ru",
        ),
    ]
};

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(HashMap<Place, Address>);

/// Why a table cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HostsError {
    /// The operator's file cannot be understood.
    #[error("line {line}: {complaint}")]
    File {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        complaint: String,
    },
    /// An address that the program made itself.
    #[error("the address {address:?} cannot be used: {complaint}")]
    Address {
        /// The address.
        address: String,
        /// What is wrong with it.
        complaint: String,
    },
}

impl Hosts {
    /// The built-in table: production and CRPT's test contour.
    pub fn built_in() -> Result<Self, HostsError> {
        let rows = BUILT_IN
            .into_iter()
            .map(|(country, contour, service, address)| {
                let place = Place {
                    country,
                    contour,
                    service,
                };
                Ok((place, parsed(address)?))
            });
        rows.collect::<Result<_, _>>().map(Self)
    }

    /// The same with rows of the operator's file in place of built-in ones. The file is TOML, a `[[host]]` a row, with
    /// `country` (`russia`), `contour` (`production`, `test`), `service` (`true_api`, `suz`, `registration`) and
    /// `address`, which is what stands before `/api/v3`.
    pub fn overridden_by(mut self, file: &str) -> Result<Self, HostsError> {
        let error = |at: Option<Range<usize>>, complaint: &str| HostsError::File {
            line: line_of(file, at),
            complaint: complaint.to_owned(),
        };
        let rows: File = toml::from_str(file).map_err(|bad| error(bad.span(), bad.message()))?;
        let mut overridden = HashSet::new();
        for row in rows.host {
            let at = Some(row.span());
            let row = row.into_inner();
            if row.contour == Contour::Sandbox {
                return Err(error(
                    at,
                    "the sandbox has no row: its address is where it listens",
                ));
            }
            if !SERVICES.contains(&row.service) {
                return Err(error(at, "no call goes to this service"));
            }
            let place = Place {
                country: row.country,
                contour: row.contour,
                service: row.service,
            };
            if !overridden.insert(place) {
                return Err(error(
                    at,
                    "this country, contour and service have a row already",
                ));
            }
            self.0.insert(place, row.address);
        }
        Ok(self)
    }

    /// The same with the sandbox that listens at an address. Without this the sandbox's contour is unknown.
    pub fn with_sandbox(mut self, address: &str) -> Result<Self, HostsError> {
        for service in SERVICES {
            let whole = format!(
                "{}/{}",
                address.trim_end_matches('/'),
                sandbox_prefix(service)
            );
            let place = Place {
                country: Country::Russia,
                contour: Contour::Sandbox,
                service,
            };
            self.0.insert(place, parsed(&whole)?);
        }
        Ok(self)
    }

    /// Whether every service of a contour has an address.
    pub fn knows(&self, country: Country, contour: Contour) -> bool {
        SERVICES
            .into_iter()
            .all(|service| self.address(country, contour, service).is_some())
    }

    /// The address before `/api/v3`.
    pub fn address(&self, country: Country, contour: Contour, service: Service) -> Option<&Url> {
        let place = Place {
            country,
            contour,
            service,
        };
        self.0.get(&place).map(|address| &address.0)
    }
}

fn parsed(address: &str) -> Result<Address, HostsError> {
    Address::try_from(address.to_owned()).map_err(|complaint| HostsError::Address {
        address: address.to_owned(),
        complaint: complaint.to_string(),
    })
}

/// The line on which something begins, from 1; the last one where nothing says where.
fn line_of(file: &str, at: Option<Range<usize>>) -> usize {
    let end = at.map_or(file.len(), |at| at.start);
    1 + file.bytes().take(end).filter(|byte| *byte == b'\n').count()
}

/// An address that requests can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Address(Url);

/// Why an address cannot be used.
#[derive(Debug, thiserror::Error)]
enum AddressError {
    #[error("it is no address: {0}")]
    NotOne(String),
    #[error("it must begin with https:// or http://")]
    Scheme,
    #[error("it must hold no name or password")]
    Credentials,
    #[error("it must end with the host or a path")]
    Tail,
    #[error("it is what stands before /api/v3")]
    ApiPath,
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        let url = Url::parse(&text).map_err(|error| AddressError::NotOne(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Tail);
        }
        if url
            .path_segments()
            .into_iter()
            .flatten()
            .any(|part| part == "api")
        {
            return Err(AddressError::ApiPath);
        }
        Ok(Self(url))
    }
}

/// The operator's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    host: Vec<Spanned<Row>>,
}

/// One row of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    country: Country,
    contour: Contour,
    service: Service,
    address: Address,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(hosts: &Hosts, contour: Contour, service: Service) -> Option<&str> {
        hosts
            .address(Country::Russia, contour, service)
            .map(Url::as_str)
    }

    #[test]
    fn production_and_the_test_contour_are_known_and_the_sandbox_is_not() {
        let hosts = Hosts::built_in().unwrap();
        assert!(hosts.knows(Country::Russia, Contour::Production));
        assert!(hosts.knows(Country::Russia, Contour::Test));
        assert!(!hosts.knows(Country::Russia, Contour::Sandbox));
        for (contour, service, expected) in [
            (
                Contour::Production,
                Service::TrueApi,
                "https://markirovka.crpt.ru/",
            ),
            (
                Contour::Production,
                Service::Suz,
                "https://suzgrid.crpt.ru/",
            ),
            (
                Contour::Production,
                Service::Registration,
                "https://suzgrid.crpt.ru:16443/",
            ),
            (
                Contour::Test,
                Service::TrueApi,
                "https://markirovka.sandbox.crptech.ru/",
            ),
            (
                Contour::Test,
                Service::Suz,
                "https://suz.sandbox.crptech.ru/",
            ),
            (
                Contour::Test,
                Service::Registration,
                "https://suz-integrator.sandbox.crptech.ru/",
            ),
        ] {
            assert_eq!(address(&hosts, contour, service), Some(expected));
        }
    }

    #[test]
    fn no_address_of_one_contour_serves_another() {
        let hosts = Hosts::built_in()
            .unwrap()
            .with_sandbox("http://127.0.0.1:4000")
            .unwrap();
        let mut addresses: Vec<_> = hosts.0.values().map(|address| address.0.as_str()).collect();
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), 9);
    }

    #[test]
    fn the_sandbox_plays_all_hosts_behind_prefixes() {
        for given in ["http://127.0.0.1:4000", "http://127.0.0.1:4000/"] {
            let hosts = Hosts::built_in().unwrap().with_sandbox(given).unwrap();
            assert!(hosts.knows(Country::Russia, Contour::Sandbox));
            for (service, expected) in [
                (Service::TrueApi, "http://127.0.0.1:4000/true-api-host"),
                (Service::Suz, "http://127.0.0.1:4000/suz-host"),
                (
                    Service::Registration,
                    "http://127.0.0.1:4000/suz-integrator-host",
                ),
            ] {
                assert_eq!(address(&hosts, Contour::Sandbox, service), Some(expected));
            }
        }
        let error = Hosts::built_in()
            .unwrap()
            .with_sandbox("nowhere")
            .unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
    }

    const ROW: &str = "[[host]]
country = \"russia\"
contour = \"production\"
service = \"suz\"
address = \"https://proxy.example/suz\"
";

    #[test]
    fn a_row_of_the_file_replaces_its_own_row_alone() {
        let hosts = Hosts::built_in().unwrap().overridden_by(ROW).unwrap();
        assert_eq!(
            address(&hosts, Contour::Production, Service::Suz),
            Some("https://proxy.example/suz")
        );
        assert_eq!(
            address(&hosts, Contour::Test, Service::Suz),
            Some("https://suz.sandbox.crptech.ru/")
        );
        let untouched = Hosts::built_in()
            .unwrap()
            .overridden_by("# nothing\n")
            .unwrap();
        assert_eq!(untouched, Hosts::built_in().unwrap());
    }

    #[test]
    fn an_error_of_the_file_names_its_line() {
        let with = |from: &str, to: &str| format!("# ours\n\n{}", ROW.replace(from, to));
        for (file, line, words) in [
            (
                with("russia", "uzbekistan"),
                4,
                "unknown variant `uzbekistan`",
            ),
            (with("production", "prod"), 5, "unknown variant `prod`"),
            (with("production", "sandbox"), 3, "the sandbox has no row"),
            (with("\"suz\"", "\"swz\""), 6, "unknown variant `swz`"),
            (
                with("\"suz\"", "\"mdlp\""),
                3,
                "no call goes to this service",
            ),
            (
                with("https://proxy.example/suz", "suz2.crpt.ru"),
                7,
                "it is no address",
            ),
            (with("https:", "ftp:"), 7, "begin with https://"),
            (with("https://", "https://u:p@"), 7, "no name or password"),
            (with("/suz", "/?a=1"), 7, "end with the host"),
            (with("/suz", "/api/v3/"), 7, "before /api/v3"),
            (format!("{ROW}\n{ROW}"), 7, "a row already"),
            (with("service = \"suz\"", ""), 3, "missing field `service`"),
            (with("service", "servise"), 6, "unknown field `servise`"),
            (with("[[host]]", "[[hosts]]"), 3, "unknown field `hosts`"),
            (with("\"russia\"", "\"russia"), 4, ""),
            (with("country = ", "country "), 4, ""),
        ] {
            match Hosts::built_in().unwrap().overridden_by(&file) {
                Err(HostsError::File {
                    line: said,
                    complaint,
                }) => {
                    assert!(complaint.contains(words), "{complaint} in {file}");
                    assert_eq!(said, line, "{complaint} in {file}");
                }
                other => panic!("{file}: {other:?}"),
            }
        }
    }
}
