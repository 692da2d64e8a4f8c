internal import Kernel
internal import PartnersAPI

/// What a column of a roster says.
enum RosterColumn: String, Codable, CaseIterable, Sendable {
  case firstName = "first-name"
  case name, email, language, regime, service
  /// Somebody looked at it, and it is not to be kept.
  case ignored

  var isRequired: Bool { [.name, .email, .language, .regime].contains(self) }

  /// What the header may call it, as `RosterHeading` puts it.
  var headings: Set<String> {
    switch self {
    case .firstName:
      [
        "prenom", "prenom usuel", "prenom usage", "premier prenom", "first name", "firstname",
        "given name", "forename",
      ]
    case .name:
      [
        "nom", "name", "nom complet", "full name", "fullname", "nom famille", "last name",
        "lastname", "surname", "family name", "nom usuel", "nom usage", "display name",
        "nom affiche", "nom prenom", "prenom nom", "nom et prenom", "prenom et nom", "patronyme",
        "nom patronymique",
      ]
    case .email:
      [
        "email", "e mail", "courriel", "mail", "mel", "messagerie", "electronique",
        "courrier electronique",
      ]
    case .language:
      ["langue", "language", "langue preferee", "preferred language", "langue correspondance"]
    case .regime: ["regime", "type regime", "regime participation"]
    case .service:
      ["service", "department", "departement", "direction", "equipe", "team", "pole"]
    case .ignored: []
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
    case .ignored: Words(en: "ignored", fr: "ignorée")
    }
  }
}

/// A heading as it is compared: folded, in the singular, without words that say whose it is.
struct RosterHeading: Hashable {
  /// What a mapping that is remembered knows it by.
  let folded: String
  private let words: [String]

  init(_ text: String) {
    let folded = Folded(text)
    self.folded = folded.description
    words = folded.words.map(singular)
  }

  /// The column that Parvis takes it for by itself.
  var column: RosterColumn? {
    let core = words.filter { !fillers.contains($0) }.joined(separator: " ")
    return RosterColumn.allCases.first { $0.headings.contains(core) }
  }

  /// Whether it looks like half a name or an address of somebody, and must not be dropped in silence.
  var looksPersonal: Bool {
    words.contains(where: personal.contains) && !words.contains(where: impersonal.contains)
  }
}

private func singular(_ word: Substring) -> String {
  word.utf8.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
    ? String(word.dropLast()) : String(word)
}

private let fillers: Set<String> = [
  "s", "pro", "professionnel", "professionnelle", "professional", "work", "business", "primary",
  "principal", "principale", "du", "de", "la", "le", "l", "d", "of", "the", "collaborateur",
  "collaboratrice", "salarie", "employe", "employee", "volontaire", "volunteer", "benevole",
  "participant", "adresse", "address",
]
private let personal: Set<String> = [
  "nom", "name", "prenom", "surname", "forename", "firstname", "lastname", "mail", "email",
  "courriel", "mel", "messagerie",
]
private let impersonal: Set<String> = [
  "entreprise", "societe", "company", "service", "site", "poste", "projet", "project",
  "organisation", "organization", "filiale", "groupe", "group", "rue", "ville", "equipe", "team",
  "departement", "department", "direction",
]

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

func rosterLanguage(_ text: String) -> Language? { languages[Folded(text).description] }
func rosterRegime(_ text: String) -> Regime? { regimes[Folded(text).description] }

/// Whether a line with these cells counts people instead of naming one.
func isRosterTotal(_ cells: [String]) -> Bool {
  guard let first = cells.first(where: { !$0.isEmpty }),
    !cells.contains(where: { $0.contains("@") })
  else { return false }
  let words = Folded(first).words
  return words.first.map { totals.contains(String($0)) } ?? false
}

private let totals: Set<String> = [
  "total", "totaux", "totals", "sous", "subtotal", "somme", "sum", "nombre", "nb", "effectif",
  "effectifs", "count", "grand",
]
