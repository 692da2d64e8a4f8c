internal import Accounts
internal import AccountsAPI
internal import Kernel

/// Links to look around a played edition as its people, each good once. Only a served play makes them:
/// they sign in without letter or second factor, as people whom the seeds invented.
struct Guides {
  struct Guide: Sendable {
    let who: Words
    let path: String
  }

  let platform: Platform
  let seeds: SeedFolder
  let played: Demo.Played

  init(_ platform: Platform, _ seeds: SeedFolder, _ played: Demo.Played) {
    self.platform = platform
    self.seeds = seeds
    self.played = played
  }

  func links() async throws -> [Guide] {
    guard let accounts = platform.modules.lazy.compactMap({ $0 as? AccountsModule }).first else {
      return []
    }
    let partners = try seeds.value("partners.yaml")["partners"]?.items ?? []
    func contact(_ kind: String) -> String? {
      partners.first { $0.text("kind") == kind }?["contact"]?.text("email")
    }
    let people: [(who: Words, address: String?, roles: [StaffRole])] = [
      (
        Words(en: "programme manager", fr: "responsable de programme"),
        "camille@operateur.example", [.manager]
      ),
      (
        Words(en: "administrator", fr: "administrateur ou administratrice"),
        "dominique@operateur.example", [.administrator]
      ),
      (
        Words(en: "association", fr: "association"),
        try seeds.value("applications/clown-up.json")["organisation"]?["contact"]?.text("email"), []
      ),
      (Words(en: "volunteer", fr: "volontaire"), try await volunteer(), []),
      (Words(en: "company", fr: "entreprise"), contact("company"), []),
      (
        Words(en: "employment agency", fr: "agence pour l’emploi"), contact("employment-agency"), []
      ),
      (
        Words(en: "reviewer", fr: "jury"),
        try seeds.value("reviewers.yaml")["reviewers"]?.items.first?.text("email"), []
      ),
    ]
    var links: [Guide] = []
    for person in people {
      guard let address = person.address.flatMap({ EmailAddress($0) }) else { continue }
      let name: Name? =
        switch person.roles.first {
        case .manager: Name("Camille Fictif-Programme")
        case .administrator: Name("Dominique Fictif-Machine")
        case nil: nil
        }
      links.append(
        Guide(
          who: person.who,
          path: try await accounts.lookAroundPath(as: address, called: name, roles: person.roles)))
    }
    return links
  }

  /// Somebody of the team of the association above, where there are teams already; else anybody.
  private func volunteer() async throws -> String? {
    let places = try await ask("matching.places", ["limit": 500])["items"]?.items ?? []
    let held =
      places.first {
        $0["brief"] == played.briefs["clown-up"] && $0.text("state") == "confirmed"
      } ?? places.first
    let all = try await ask("partners.volunteers", ["limit": 500])["items"]?.items ?? []
    let one = all.first { $0["id"] == held?["volunteer"] } ?? all.first
    return one?.text("email")
  }

  private func ask(_ endpoint: String, _ more: [String: JSON] = [:]) async throws -> JSON {
    try await platform.perform(
      Request(
        endpoint, as: .manager, .object(more.merging(["edition": played.edition]) { $1 })))
  }

  static func text(of guides: [Guide], at origin: String, in language: Language) -> String {
    let title = Words(
      en: "Look around in a browser, as (each link opens once, in this demonstration only):",
      fr: "Visitez dans un navigateur, au titre de (un lien sert une fois, ici seulement) :")
    let width = guides.map { $0.who[language].count }.max() ?? 0
    let lines = guides.map { guide in
      let who = guide.who[language]
      return "  \(who)\(String(repeating: " ", count: width - who.count))  \(origin)\(guide.path)"
    }
    return ([title[language]] + lines).joined(separator: "\n")
  }
}
