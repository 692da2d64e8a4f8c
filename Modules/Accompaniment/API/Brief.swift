public import ApplicationsAPI
public import Kernel
public import ProgrammesAPI

public enum JourneyEntity {}
/// Which organisation's way through one edition.
public typealias JourneyID = ID<JourneyEntity>
public enum NeedEntity {}
/// Which need of a journey; a brief answers one.
public typealias NeedID = ID<NeedEntity>
public enum WorkshopEntity {}
/// Which workshop or peer exchange.
public typealias WorkshopID = ID<WorkshopEntity>
public enum BriefEntity {}
/// Which brief. Team and mission are known by it.
public typealias BriefID = ID<BriefEntity>
public enum MissionRoleEntity {}
/// Which role of a brief; it may have several seats.
public typealias MissionRoleID = ID<MissionRoleEntity>

/// A place in a team, with what it asks for.
public struct BriefRole: Codable, Hashable, Sendable {
  /// Another each time a draft is saved; for good once the brief is published.
  public let id: MissionRoleID
  /// For people to read; two roles of a brief may share it.
  public let title: Name
  /// The skill a volunteer must have.
  public let skill: Key
  /// The level the skill is needed at.
  public let level: SkillLevel
  /// Skills that help but are not asked for.
  public let niceToHave: [Key]
  /// How many people fill the role.
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
  /// The same through correcting, cancelling and restoring.
  public let id: BriefID
  /// That of its journey.
  public let edition: EditionID
  /// Whom the mission is for; after a merge, the one that is left.
  public let organisation: OrganisationID
  /// Staff may correct it after publication, as context and deliverable.
  public let title: Name
  /// A key of the catalogue, as it was when the brief was published.
  public let missionType: Key
  /// Why the organisation needs it.
  public let context: Paragraph
  /// What the mission leaves behind.
  public let deliverable: Name
  /// At least one, in the order they were written.
  public let roles: [BriefRole]
  /// The kick-off half-days at which the whole team is needed.
  public let halfDays: [HalfDayID]
  /// How the team meets, unless the edition is remote.
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
