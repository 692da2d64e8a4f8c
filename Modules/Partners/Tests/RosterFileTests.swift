import Foundation
import Kernel
import KernelTesting
import Partners
import Testing

// Rosters as they are.

private let head = "Nom;Email;Langue;Régime\n"

private func imported(_ text: String) async throws -> [String] {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, text))
  return try await scene.people()
}

private func faults(_ file: Data) async throws -> [FieldProblem] {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let problem = await scene.test.problem(
    "partners.import-roster", scene.roster(tours.id, file))
  #expect(try await scene.people().isEmpty)
  return problem?.fields ?? []
}

@Test(arguments: [
  "Adresse mail", "E-mail professionnel", "Mél", "Courriels", "Adresse e-mail (pro)", "Work email",
  "Email address", "Adresse de messagerie", "Mail du collaborateur", "E-MAILS",
])
func `an address column is known by what people call it`(heading: String) async throws {
  #expect(
    try await imported("Nom;\(heading);Langue;Régime\nAnne Fictif;a@x.example;fr;own time\n")
      == ["Anne Fictif"])
}

@Test(arguments: [
  ("Nom;Prénoms", "Fictif;Anne"), ("Noms;Prénom(s)", "Fictif;Anne"),
  ("Nom de famille;Prénom usuel", "Fictif;Anne"), ("Surname;Given names", "Fictif;Anne"),
  ("Nom d’usage;Prénom", "Fictif;Anne"), ("Nom complet;Prénom", "Anne Fictif;Anne"),
  ("Last Name;First Name", "Fictif;Anne"), ("Nom et prénom;Service", "Anne Fictif;IT"),
])
func `a name is put together from its columns`(headings: String, cells: String) async throws {
  #expect(
    try await imported("\(headings);Email;Langue;Régime\n\(cells);a@x.example;fr;own time\n")
      == ["Anne Fictif"])
}

@Test func `titles above and totals below are left out, and named`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let answer = try await scene.test.call(
    "partners.import-roster",
    scene.roster(
      tours.id,
      "Liste des volontaires 2020;;;\n;;;\n\(head)Anne Fictif;a@x.example;fr;own time\n"
        + "Nom;Email;Langue;Régime\nTotal Fictif;t@x.example;fr;own time\nTotal : 2;;;\n"))
  #expect(answer["imported"] == 2)
  #expect(answer["skippedLines"]?.items.map { $0["line"] } == [1, 5, 7])
  #expect(answer["skippedLines"]?.items.first?["text"] == "Liste des volontaires 2020")
  #expect(try await scene.people() == ["Anne Fictif", "Total Fictif"])
}

@Test(arguments: [
  "Nom de naissance", "Prénom 2", "Manager email", "Autre mail", "Nom du responsable",
])
func `a column that looks like half a name or an address is asked about`(heading: String)
  async throws
{
  let found = try await faults(
    Data("Nom;Email;Langue;Régime;\(heading)\nAnne;a@x.example;fr;own time;x\n".utf8))
  #expect(found.map(\.field) == ["line 1, \(heading)"])
  #expect(found.first?.message.en.contains("ignored") == true)
}

@Test func `a column of addresses is asked about, whatever its heading`() async throws {
  let found = try await faults(
    Data("Nom;Email;Langue;Régime;Rue\nAnne;a@x.example;fr;own time;b@x.example\n".utf8))
  #expect(found.map(\.field) == ["line 1, Rue"])
}

@Test func `what a column means is said once for a partner, and kept`() async throws {
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  let phares = try await scene.partner("Phares")
  func input(_ partner: JSON, _ email: String, _ columns: JSON? = nil) -> JSON {
    let text = "Wer;Email;Langue;Régime;Nom du responsable\nAnne Fictif;\(email);fr;own time;X\n"
    guard case .object(var members) = scene.roster(partner, text) else { return nil }
    if let columns { members["columns"] = columns }
    return .object(members)
  }
  let meaning: JSON = [
    ["heading": "wer", "column": "name"], ["heading": "NOM DU RESPONSABLE", "column": "ignored"],
  ]
  #expect(
    await scene.test.problem("partners.import-roster", input(tours.id, "a@x.example")) != nil)
  // A preview remembers nothing.
  try await scene.test.call(
    "partners.preview-roster", input(tours.id, "a@x.example", meaning))
  #expect(
    await scene.test.problem("partners.import-roster", input(tours.id, "a@x.example")) != nil)
  let first = try await scene.test.call(
    "partners.import-roster", input(tours.id, "a@x.example", meaning))
  #expect(first["imported"] == 1)
  let second = try await scene.test.call(
    "partners.import-roster", input(tours.id, "a@x.example"))
  #expect(second["unchanged"] == 1)
  #expect(
    await scene.test.problem("partners.import-roster", input(phares.id, "b@x.example")) != nil)
  let wrong = await scene.test.problem(
    "partners.import-roster",
    input(tours.id, "a@x.example", [["heading": "wer", "column": "age"]]))
  #expect(wrong?.fields.map(\.field) == ["columns[0].column"])
}

@Test(arguments: [
  "HÃ©lÃ¨ne Fictif", "H\u{FFFD}l\u{FFFD}ne Fictif", "H?l?ne Fictif", "#N/A", "#REF!",
  "AndrŽ Fictif",
])
func `a broken name is refused by line and column before anybody is registered`(name: String)
  async throws
{
  let found = try await faults(
    Data("\(head)Anne Fictif;a@x.example;fr;own time\n\(name);m@x.example;fr;own time\n".utf8))
  #expect(found.map(\.field) == ["line 3, Nom"])
}

@Test func `an error of the spreadsheet is refused in any column`() async throws {
  let found = try await faults(
    Data("Nom;Email;Langue;Régime;Service\nAnne;#N/A;fr;own time;#REF!\n".utf8))
  #expect(found.map(\.field) == ["line 2, Email", "line 2, Service"])
}

@Test func `an address says what is wrong with it`() async throws {
  let found = try await faults(Data("\(head)Anne;lea..d@x.example;fr;own time\n".utf8))
  #expect(found.first?.message.en == "“lea..d@x.example” has two dots in a row")
}

@Test func `a workbook is refused in one message that says what to do`() async throws {
  let found = try await faults(Data([0x50, 0x4B, 3, 4] + Array(repeating: UInt8(7), count: 99)))
  #expect(found.count == 1)
  #expect(found.first?.message.en.contains("CSV UTF-8") == true)
}

@Test func `a file of Excel for Mac keeps its accents`() async throws {
  var file = Data()
  for scalar in "\(head)Zoé Fictif;z@x.example;fr;own time\n".unicodeScalars {
    file.append(scalar == "é" ? 0x8E : UInt8(scalar.value))
  }
  let scene = try await Scene()
  let tours = try await scene.partner("Tours")
  try await scene.test.call("partners.import-roster", scene.roster(tours.id, file))
  #expect(try await scene.people() == ["Zoé Fictif"])
}
