internal import Kernel
internal import ProgrammesAPI

struct ProgrammeRow: Record {
  static let table = "programmes_programme"
  let id: ProgrammeID
  var name: Name
}

extension ProgrammesModule {
  @UseCases var aboutProgrammes: [Endpoint] {
    createProgramme
    renameProgramme
    listProgrammes
  }

  struct Create: Codable, Sendable {
    let name: Name
  }

  var createProgramme: UseCase<Create, ProgrammeRow> {
    .command(
      ProgrammesUseCases.create, .post, "/programmes", by: .staff,
      Words(en: "Create a programme", fr: "Créer un programme")
    ) { (input: Create, transaction) in
      let row = ProgrammeRow(id: transaction.newID(), name: input.name)
      try transaction.insert(row)
      return row
    }
  }

  struct Rename: Codable, Sendable {
    let programme: ProgrammeID
    let name: Name
  }

  var renameProgramme: UseCase<Rename, ProgrammeRow> {
    .command(
      "programmes.rename", .put, "/programmes/{programme}", by: .staff,
      Words(en: "Correct a programme's name", fr: "Corriger le nom d’un programme")
    ) { (input: Rename, transaction) in
      guard var row = try transaction.find(ProgrammeRow.self, input.programme) else {
        throw Problem.notFound(Words(en: "programme", fr: "programme"), input.programme)
      }
      row.name = input.name
      try transaction.update(row)
      return row
    }
  }

  var listProgrammes: UseCase<Nothing, [ProgrammeRow]> {
    .query(
      "programmes.list", "/programmes", by: .everyone,
      Words(en: "List the programmes", fr: "Lister les programmes")
    ) { (_: Nothing, transaction) in
      try transaction.select(ProgrammeRow.self).alphabetical { $0.name }
    }
  }
}
