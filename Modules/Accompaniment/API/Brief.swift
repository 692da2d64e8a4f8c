public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

public enum JourneyEntity {}
public typealias JourneyID = ID<JourneyEntity>
public enum NeedEntity {}
public typealias NeedID = ID<NeedEntity>
public enum WorkshopEntity {}
public typealias WorkshopID = ID<WorkshopEntity>
public enum BriefEntity {}
public typealias BriefID = ID<BriefEntity>
public enum MissionRoleEntity {}
public typealias MissionRoleID = ID<MissionRoleEntity>

/// A place in a team, with what it asks for.
public struct BriefRole: Codable, Hashable, Sendable {
  public let id: MissionRoleID
  public let title: Name
  /// The skill a volunteer must have.
  public let skill: Key
  /// The level the skill is needed at.
  public let level: SkillLevel
  /// Skills that help but are not asked for.
  public let niceToHave: [Key]
  public let seats: Whole<1, 10>

  public init(
    id: MissionRoleID, title: Name, skill: Key, level: SkillLevel, niceToHave: [Key],
    seats: Whole<1, 10>
  ) {
    self.id = id
    self.title = title
    self.skill = skill
    self.level = level
    self.niceToHave = niceToHave
    self.seats = seats
  }
}

/// A mission as an organisation needs it: what a team is matched to.
public struct Brief: Codable, Hashable, Sendable {
  public let id: BriefID
  public let edition: EditionID
  public let organisation: OrganisationID
  public let title: Name
  public let missionType: Key
  public let context: Paragraph
  /// What the mission leaves behind.
  public let deliverable: Name
  public let roles: [BriefRole]
  /// The kick-off half-days at which the whole team is needed.
  public let halfDays: [HalfDayID]
  public let format: Format
  /// A volunteer speaks at least one of these.
  public let languages: [Language]

  public init(
    id: BriefID, edition: EditionID, organisation: OrganisationID, title: Name, missionType: Key,
    context: Paragraph, deliverable: Name, roles: [BriefRole], halfDays: [HalfDayID],
    format: Format, languages: [Language]
  ) {
    self.id = id
    self.edition = edition
    self.organisation = organisation
    self.title = title
    self.missionType = missionType
    self.context = context
    self.deliverable = deliverable
    self.roles = roles
    self.halfDays = halfDays
    self.format = format
    self.languages = languages
  }
}
