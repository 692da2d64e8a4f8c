internal import Kernel
internal import PartnersAPI

/// A column of a roster.
enum RosterColumn: CaseIterable {
  case firstName, name, email, language, regime, service

  var isRequired: Bool { self != .service && self != .firstName }

  /// What the header may call it, folded.
  var headings: Set<String> {
    switch self {
    case .firstName: ["prenom", "first name", "given name"]
    case .name: ["nom", "name", "nom complet", "full name", "nom de famille", "last name"]
    case .email:
      [
        "email", "e mail", "courriel", "mail", "adresse e mail", "adresse email",
        "adresse electronique", "email address", "e mail address",
      ]
    case .language: ["langue", "language"]
    case .regime: ["regime"]
    case .service: ["service", "department", "departement"]
    }
  }

  /// What to write when it is missing.
  var spelling: Words {
    switch self {
    case .firstName: Words(en: "first name", fr: "prénom")
    case .name: Words(en: "name", fr: "nom")
    case .email: Words(en: "email", fr: "courriel")
    case .language: Words(en: "language", fr: "langue")
    case .regime: Words(en: "regime", fr: "régime")
    case .service: Words(en: "service", fr: "service")
    }
  }
}

private let languages: [String: Language] = [
  "fr": .fr, "fra": .fr, "fr fr": .fr, "francais": .fr, "french": .fr,
  "en": .en, "eng": .en, "en gb": .en, "en us": .en, "anglais": .en, "english": .en,
]

private let regimes: [String: Regime] = [
  "patronage service": .patronageService, "mecenat prestation": .patronageService,
  "mecenat de competences prestation": .patronageService, "prestation": .patronageService,
  "mecenat prestation de service": .patronageService,
  "patronage secondment": .patronageSecondment, "secondment": .patronageSecondment,
  "mecenat pret": .patronageSecondment, "mecenat de competences pret": .patronageSecondment,
  "mecenat pret de main d oeuvre": .patronageSecondment,
  "pret de main d oeuvre": .patronageSecondment, "pret": .patronageSecondment,
  "own time": .ownTime, "temps personnel": .ownTime, "benevolat": .ownTime,
  "benevolat de competences": .ownTime,
  "job seeker": .jobSeeker, "jobseeker": .jobSeeker, "demandeur d emploi": .jobSeeker,
  "demandeuse d emploi": .jobSeeker, "en recherche d emploi": .jobSeeker,
]

func rosterLanguage(_ text: String) -> Language? { languages[folded(text)] }
func rosterRegime(_ text: String) -> Regime? { regimes[folded(text)] }

/// Small letters without accents, with one space for whatever is neither letter nor digit, so that
/// “Mécénat – prestation” and “MECENAT (PRESTATION)” are one.
func folded(_ text: String) -> String {
  var words = String.UnicodeScalarView()
  var gap = false
  for scalar in text.lowercased().unicodeScalars {
    // An accent apart from its letter, as some systems write them.
    if (0x300...0x36F).contains(scalar.value) { continue }
    guard let letters = plain(scalar) else {
      gap = true
      continue
    }
    if gap && !words.isEmpty { words.append(" ") }
    gap = false
    words.append(contentsOf: letters)
  }
  return String(words)
}

/// The letter without its accent; nil when it is neither letter nor digit.
private func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
  switch scalar {
  case "a"..."z", "0"..."9": [scalar]
  case "à", "â", "ä": ["a"]
  case "ç": ["c"]
  case "é", "è", "ê", "ë": ["e"]
  case "î", "ï": ["i"]
  case "ô", "ö": ["o"]
  case "ù", "û", "ü": ["u"]
  case "œ": ["o", "e"]
  default: scalar.properties.isAlphabetic ? [scalar] : nil
  }
}
