public import Kernel

/// How well somebody masters a skill, or how well a role asks for it: 1 (has done it once) to
/// 5 (teaches it).
public typealias SkillLevel = Whole<1, 5>

/// A plain skill, mapped behind to the European classification.
public struct Skill: Codable, Hashable, Sendable {
  /// How profiles, roles and mission types name it. Used once in a catalogue.
  public let key: Key
  /// What people read; never compared.
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
  /// How briefs name it. Used once in a catalogue.
  public let key: Key
  /// What people read; never compared.
  public let name: Words
  /// Skills of the same catalogue, the most usual first. A brief may ask for others.
  public let skills: [Key]

  public init(key: Key, name: Words, skills: [Key]) {
    self.key = key
    self.name = name
    self.skills = skills
  }
}

/// The operator's words, one for the whole instance. It is loaded whole: what is left out is gone.
public struct Catalogue: Codable, Hashable, Sendable {
  /// In the order they were loaded in, which is that of the forms.
  public let skills: [Skill]
  /// In the order they were loaded in; every skill they name is in `skills`.
  public let missionTypes: [MissionType]

  public init(skills: [Skill], missionTypes: [MissionType]) {
    self.skills = skills
    self.missionTypes = missionTypes
  }

  /// Nil for a key that is not, or no longer, in the catalogue.
  public func skill(_ key: Key) -> Skill? { skills.first { $0.key == key } }
  /// Nil for a key that is not, or no longer, in the catalogue.
  public func missionType(_ key: Key) -> MissionType? { missionTypes.first { $0.key == key } }
}
