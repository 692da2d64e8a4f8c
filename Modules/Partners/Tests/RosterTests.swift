import Foundation
import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import Testing

private let good = """
  nom,courriel,langue,régime,service
  Ada Exemple,ada@tours.example,fr,mécénat prestation,Comptabilité
  Bob Exemple,bob@tours.example,anglais,mécénat prêt,
  Cleo Exemple,cleo@tours.example,FR,Temps personnel,"Achats, stocks"

  """

@Test func `a roster registers its people once, however often it is sent`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let first = try await scene.test.call(
    "partners.import-roster", as: tours.contact, scene.roster(tours.id, good))
  #expect(first["imported"] == 3)
  let second = try await scene.test.call(
    "partners.import-roster", as: tours.contact, scene.roster(tours.id, good))
  #expect(second["imported"] == 0)
  #expect(second["unchanged"] == 3)
  #expect(try await scene.people() == ["Ada Exemple", "Bob Exemple", "Cleo Exemple"])
  #expect(
    try await scene.events() == Array(repeating: "partners.volunteer-registered", count: 3))
  let page = try await scene.test.call(
    "partners.people", ["partner": tours.id, "edition": scene.editionJSON])
  let people = try #require(page["items"]?.items)
  #expect(
    people.map { $0["regime"] } == ["patronage-service", "patronage-secondment", "own-time"])
  #expect(people.map { $0["language"] } == ["fr", "en", "fr"])
  #expect(people.map { $0["service"] } == ["Comptabilité", nil, "Achats, stocks"])
}

@Test func `people already registered are updated by their address, in any case`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, good))
  let changed = try await scene.test.call(
    "partners.import-roster",
    scene.roster(
      tours.id,
      """
      email;regime;name;language
      ADA@Tours.example;mecenat pret;Ada Exemple;fr
      bob@tours.example;mécénat prêt;Bob Exemple;en
      new@tours.example;own time;Neo Exemple;en
      """))
  #expect(changed["imported"] == 1)
  #expect(changed["updated"] == 1)
  #expect(changed["unchanged"] == 1)
  let page = try await scene.test.call(
    "partners.people", ["partner": tours.id, "edition": scene.editionJSON])
  let ada = try #require(page["items"]?.items.first)
  #expect(ada["regime"] == "patronage-secondment")
  // A file without the column says nothing about it.
  #expect(ada["service"] == "Comptabilité")
  #expect(page["items"]?.items.count == 4)
}

@Test func `a roster with bad lines is refused whole, with line, column and reason for each`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-01",
      "regimes": ["patronage-service"],
    ])
  let problem = await scene.test.problem(
    "partners.import-roster",
    scene.roster(
      tours.id,
      """
      Nom;Courriel;Langue;Régime
      Ada Exemple;ada@tours.example;fr;mécénat prestation
      ;pas une adresse;klingon;mécénat
      "Zoe
      Exemple";zoe@tours.example;fr;temps personnel

      Bob Exemple;ADA@tours.example;fr;mécénat prestation
      Dan;dan@tours.example;fr
      Eve;Exemple;eve@tours.example;fr;mécénat prestation
      Fay Exemple;fay@tours.example;fr;demandeur d’emploi
      """))
  #expect(problem?.code == "partners/bad-roster")
  #expect(problem?.status == 422)
  #expect(
    problem?.fields.map(\.field) == [
      "line 3, Nom", "line 3, Courriel", "line 3, Langue", "line 3, Régime",
      "line 4, Nom", "line 7, Courriel", "line 8, Régime", "line 9",
      "line 10, Régime",
    ])
  #expect(problem?.fields[0].message == Words(en: "is missing", fr: "manque"))
  #expect(problem?.fields[5].message.en.contains("line 2") == true)
  #expect(problem?.fields.allSatisfy { !$0.message.fr.isEmpty } == true)
  #expect(try await scene.people().isEmpty)
  #expect(try await scene.events() == ["partners.agreement-signed"])
}

@Test func `a roster without the columns it needs says which, and reads no further`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let problem = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, "nom,name,téléphone\nx,y,z\n"))
  #expect(
    problem?.fields.map(\.field) == [
      "line 1, nom", "line 1, email", "line 1, language", "line 1, regime",
    ])
  let below = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, "\n\nnom;email;langue\n"))
  #expect(below?.fields.map(\.field) == ["line 3, regime"])
  let nobody = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, "nom,email,langue,regime\n\n"))
  #expect(nobody?.fields.map(\.field) == ["line 2"])
  let empty = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, ""))
  #expect(empty?.code == "partners/bad-roster")
  let open = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, "nom,email,langue,regime\n\"A,b"))
  #expect(open?.fields.map(\.field) == ["line 2"])
}

@Test func `columns that say nothing to Parvis are named, and not kept`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let answer = try await scene.test.call(
    "partners.import-roster",
    scene.roster(
      tours.id,
      "Prénom,Nom,E-mail,Salaire,Langue,Régime\nAda,Exemple,a@x.example,1,fr,bénévolat\n"))
  #expect(answer["ignoredColumns"] == ["Salaire"])
  #expect(try await scene.people() == ["Ada Exemple"])
}

@Test(arguments: [
  ("mécénat prestation", Regime.patronageService), ("MECENAT (PRESTATION)", .patronageService),
  ("patronage-service", .patronageService), ("Mécénat de compétences – prêt", .patronageSecondment),
  ("mécénat prêt", .patronageSecondment), ("prêt de main-d’œuvre", .patronageSecondment),
  ("temps personnel", .ownTime), ("own-time", .ownTime), ("Bénévolat de compétences", .ownTime),
  ("me\u{301}ce\u{301}nat pre\u{302}t", .patronageSecondment), ("demandeur d'emploi", .jobSeeker),
  ("Demandeuse d’emploi", .jobSeeker),
  ("job-seeker", .jobSeeker),
])
func `regimes are understood as people write them`(words: String, regime: Regime) async throws {
  let scene = try await Scene()
  let agency = try await scene.partner("Agence", .employmentAgency)
  try await scene.test.call(
    "partners.import-roster",
    scene.roster(agency.id, "name,email,language,regime\nAda,a@x.example,fr,\(words)\n"))
  let people = try await scene.test.call(
    "partners.people", ["partner": agency.id, "edition": scene.editionJSON])
  #expect(people["items"]?.items.map { $0["regime"] } == [.string(regime.rawValue)])
}

@Test func `nobody is taken from another partner, nor claimed by a contact`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  let taken = try await scene.volunteer("Ada", of: phares.id)
  let free = try await scene.volunteer("Bob")
  try await scene.test.call(
    "partners.complete-profile", scene.profile(free.id, ["consent": true]))
  let file = "name,email,language,regime\n"
  let ada = file + "Ada,ada@people.example,fr,own time\n"
  let bob = file + "Bob,bob@people.example,fr,own time\n"
  let problem = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, ada))
  #expect(problem?.fields.map(\.field) == ["line 2, email"])
  // Whose they are is not said.
  #expect(problem?.fields.first?.message.en.contains("Phares") == false)
  for text in [ada, bob] {
    let answer = try await scene.test.call(
      "partners.import-roster", as: tours.contact, scene.roster(tours.id, text))
    #expect(answer["imported"] == 1)
  }
  let own = try await scene.test.call(
    "partners.volunteer", as: phares.contact, ["volunteer": taken.id])
  #expect(own["partner"] == phares.id)
  let claims = try await scene.test.call("partners.claims", ["edition": scene.editionJSON])
  for claim in claims["items"]?.items ?? [] {
    try await scene.test.call(
      "partners.settle-claim", ["claim": claim["claim"] ?? nil, "move": false])
  }
  let attached = try await scene.test.call(
    "partners.import-roster", scene.roster(phares.id, bob))
  #expect(attached["updated"] == 1)
  let seen = try await scene.test.call(
    "partners.volunteer", as: phares.contact, ["volunteer": free.id])
  #expect(seen["profile"]?["consent"] == false)
}

@Test func `who withdrew is left alone by a roster that still lists them`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let ada = try await scene.volunteer("Ada", of: tours.id)
  try await scene.test.call("partners.withdraw", ["volunteer": ada.id])
  let answer = try await scene.test.call(
    "partners.import-roster",
    scene.roster(tours.id, "name,email,language,regime\nA,ada@people.example,en,own time\n"))
  #expect(answer["withdrawn"] == 1)
  let seen = try await scene.test.call("partners.volunteer", ["volunteer": ada.id])
  #expect(seen["state"] == "withdrawn")
  #expect(seen["name"] == "Ada")
}

@Test func `a contact imports for their own partner only, and learns nothing of others`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  for text in [good, "nonsense"] {
    let problem = await scene.test.problem(
      "partners.import-roster", as: phares.contact, scene.roster(tours.id, text))
    #expect(problem?.status == 404)
  }
  let unknown = await scene.test.problem(
    "partners.import-roster", scene.roster(scene.unknown(), good))
  #expect(unknown?.status == 404)
}

@Test func `what is not base64 is said to be so, and line breaks in base64 are borne`() async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let plain = await scene.test.problem(
    "partners.import-roster",
    ["partner": tours.id, "edition": scene.editionJSON, "csv": "nom,email"])
  #expect(plain?.fields.map(\.field) == ["csv"])
  let wrapped = Data(good.utf8).base64EncodedString(options: .lineLength76Characters)
  let answer = try await scene.test.call(
    "partners.import-roster",
    ["partner": tours.id, "edition": scene.editionJSON, "csv": .string(wrapped)])
  #expect(answer["imported"] == 3)
}

@Test func `a file of a French spreadsheet, with semicolons and Windows-1252, keeps its accents`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  var file = Data()
  for scalar
    in "Nom;Courriel;Langue;Régime;Service\r\nHélène Œuvrard;helene@x.fr;français;mécénat prêt;R&D\r\n"
    .unicodeScalars
  {
    file.append(scalar == "Œ" ? 0x8C : UInt8(scalar.value))
  }
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file))
  #expect(try await scene.people() == ["Hélène Œuvrard"])
}

@Test func `ten thousand people are registered, and told apart from those already there`()
  async throws
{
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  var text = "\u{FEFF}nom;courriel;langue;régime;service\r\n"
  for number in 0..<10_000 {
    text += "Personne Exemple \(number);p\(number)@grande-tour.example;fr;mécénat prestation;IT\r\n"
  }
  let first = try await scene.test.call("partners.import-roster", scene.roster(tours.id, text))
  let second = try await scene.test.call("partners.import-roster", scene.roster(tours.id, text))
  let bad = await scene.test.problem(
    "partners.import-roster",
    scene.roster(tours.id, text.replacingOccurrences(of: "mécénat", with: "autre")))
  #expect(first["imported"] == 10_000)
  #expect(second["unchanged"] == 10_000)
  #expect(bad?.fields.count == 10_000)
  #expect(bad?.fields.last?.field == "line 10001, régime")
}
