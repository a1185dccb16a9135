//! Where a call goes: country, contour, service. Hosts are the operator's; nobody types one.

use super::words::words;

words! {
    /// Whose marking system.
    Country {
        /// «Честный ЗНАК».
        Russia = "russia",
    }

    /// Which of the separate worlds of one system; an id of one means nothing in another.
    Contour {
        /// The real one: codes cost money and goods are sold with them.
        Production = "production",
        /// The operator's own test contour.
        Test = "test",
        /// «Песочница Метки»: our stand-in, for the demo and for tests.
        Sandbox = "sandbox",
    }

    /// A service of the marking system with a host of its own.
    Service {
        /// True API of ГИС МТ: logins, balances, documents.
        TrueApi = "true_api",
        /// СУЗ API v3.
        Suz = "suz",
        /// Where devices of СУЗ are registered by programs.
        Registration = "registration",
        /// МДЛП, the way in of pharma; Metka does not go there.
        Mdlp = "mdlp",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suz::words::UnknownWord;

    #[test]
    fn every_word_is_read_back() {
        for contour in Contour::ALL {
            assert_eq!(contour.as_str().parse(), Ok(*contour));
        }
        for service in Service::ALL {
            assert_eq!(service.as_str().parse(), Ok(*service));
        }
        assert_eq!("russia".parse(), Ok(Country::Russia));
        assert_eq!("prod".parse::<Contour>(), Err(UnknownWord));
    }
}
