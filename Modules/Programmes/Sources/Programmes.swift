internal import Kernel
internal import ProgrammesAPI

struct ProgrammeRow: Record {
  static let table = "programmes_programme"
  let id: ProgrammeID
  let name: Name
}

extension ProgrammesModule {
  private struct Create: Codable, Sendable {
    let name: Name
  }

  var createProgramme: Endpoint {
    .command(
      "programmes.create", .post, "/programmes", by: .staff,
      Words(en: "Create a programme", fr: "Créer un programme")
    ) { (input: Create, transaction) in
      let row = ProgrammeRow(id: transaction.newID(), name: input.name)
      try transaction.insert(row)
      return row
    }
  }

  var listProgrammes: Endpoint {
    .query(
      "programmes.list", "/programmes", by: .everyone,
      Words(en: "List the programmes", fr: "Lister les programmes")
    ) { (_: Nothing, transaction) in
      try transaction.select(ProgrammeRow.self).alphabetical { $0.name }
    }
  }
}
