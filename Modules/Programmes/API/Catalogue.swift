public import Kernel

/// How well somebody masters a skill, or how well a role asks for it: 1 (has done it once) to
/// 5 (teaches it).
public typealias SkillLevel = Whole<1, 5>

/// A plain skill, mapped behind to the European classification.
public struct Skill: Codable, Hashable, Sendable {
  public let key: Key
  public let name: Words
  /// The concept's URI in ESCO, `http://data.europa.eu/esco/skill/…`.
  public let esco: String

  public init(key: Key, name: Words, esco: String) {
    self.key = key
    self.name = name
    self.esco = esco
  }
}

/// A kind of mission, and the skills it usually asks for.
public struct MissionType: Codable, Hashable, Sendable {
  public let key: Key
  public let name: Words
  public let skills: [Key]

  public init(key: Key, name: Words, skills: [Key]) {
    self.key = key
    self.name = name
    self.skills = skills
  }
}

public struct Catalogue: Codable, Hashable, Sendable {
  public let skills: [Skill]
  public let missionTypes: [MissionType]

  public init(skills: [Skill], missionTypes: [MissionType]) {
    self.skills = skills
    self.missionTypes = missionTypes
  }

  public func skill(_ key: Key) -> Skill? { skills.first { $0.key == key } }
  public func missionType(_ key: Key) -> MissionType? { missionTypes.first { $0.key == key } }
}
