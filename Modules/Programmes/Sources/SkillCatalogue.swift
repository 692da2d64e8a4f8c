internal import Kernel
internal import ProgrammesAPI

private struct SkillRow: Record {
  static let table = "programmes_skill"
  let id: Key
  let position: Int
  let name: Words
  let esco: String
}

private struct MissionTypeRow: Record {
  static let table = "programmes_mission_type"
  let id: Key
  let position: Int
  let name: Words
  let skills: [Key]
}

extension ProgrammesModule {
  @UseCases var aboutSkillCatalogue: [Endpoint] {
    loadCatalogue
    showCatalogue
  }

  var loadCatalogue: UseCase<Catalogue, Catalogue> {
    .command(
      ProgrammesUseCases.loadCatalogue, .put, "/catalogue", by: .staff,
      Words(
        en: "Load the catalogue of skills and mission types; what it leaves out is removed",
        fr: "Charger le catalogue des compétences et types de mission"),
      problems: ["programmes/unknown-skills"]
    ) { (input: Catalogue, transaction) in
      let known = Set(input.skills.map(\.key))
      let unknown = input.missionTypes.flatMap(\.skills).filter { !known.contains($0) }
      guard unknown.isEmpty else { throw ProgrammesError.unknownSkills(unknown) }
      guard known.count == input.skills.count else {
        throw Problem.invalid(
          "skills", en: "a key is used twice", fr: "une clé est utilisée deux fois")
      }
      try transaction.execute("DELETE FROM programmes_skill")
      try transaction.execute("DELETE FROM programmes_mission_type")
      for (position, skill) in input.skills.enumerated() {
        try transaction.insert(
          SkillRow(id: skill.key, position: position, name: skill.name, esco: skill.esco))
      }
      for (position, type) in input.missionTypes.enumerated() {
        try transaction.insert(
          MissionTypeRow(id: type.key, position: position, name: type.name, skills: type.skills))
      }
      return input
    }
  }

  var showCatalogue: UseCase<Nothing, Catalogue> {
    .query(
      "programmes.catalogue", "/catalogue", by: .everyone,
      Words(en: "Show the catalogue", fr: "Montrer le catalogue")
    ) { (_: Nothing, transaction) in try storedCatalogue(in: transaction) }
  }
}

func storedCatalogue(in connection: any Connection) throws -> Catalogue {
  Catalogue(
    skills: try connection.select(SkillRow.self, "ORDER BY position").map {
      Skill(key: $0.id, name: $0.name, esco: $0.esco)
    },
    missionTypes: try connection.select(MissionTypeRow.self, "ORDER BY position").map {
      MissionType(key: $0.id, name: $0.name, skills: $0.skills)
    })
}
