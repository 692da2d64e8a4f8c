public import Kernel

public enum ProgrammeEntity {}
public typealias ProgrammeID = ID<ProgrammeEntity>
public enum HalfDayEntity {}
public typealias HalfDayID = ID<HalfDayEntity>

/// Where the people of an edition meet.
public enum Format: String, Codable, CaseIterable, Sendable, Hashable {
  case onSite = "on-site"
  case remote
  case hybrid
}

public enum EditionState: String, Codable, CaseIterable, Sendable, Hashable {
  case planned
  case open
  case closed
}

/// One run of a programme, from its call to its follow-up.
public struct Edition: Codable, Hashable, Sendable {
  public let id: EditionID
  public let programme: ProgrammeID
  public let name: Name
  public let theme: Paragraph
  public let territory: Name
  /// Deadlines of the edition are wall-clock dates here.
  public let zone: Zone
  public let format: Format
  public let starts: Day
  public let ends: Day
  public let state: EditionState

  public init(
    id: EditionID, programme: ProgrammeID, name: Name, theme: Paragraph, territory: Name,
    zone: Zone,
    format: Format, starts: Day, ends: Day, state: EditionState
  ) {
    self.id = id
    self.programme = programme
    self.name = name
    self.theme = theme
    self.territory = territory
    self.zone = zone
    self.format = format
    self.starts = starts
    self.ends = ends
    self.state = state
  }
}

/// A kick-off half-day in the edition's calendar; volunteers say on which they are available.
public struct HalfDay: Codable, Hashable, Sendable {
  public enum Part: String, Codable, CaseIterable, Sendable, Hashable {
    case morning
    case afternoon
  }

  public let id: HalfDayID
  /// What rosters and forms call it: `2020-11-17-am`.
  public let key: Key
  public let day: Day
  public let part: Part

  public init(id: HalfDayID, key: Key, day: Day, part: Part) {
    self.id = id
    self.key = key
    self.day = day
    self.part = part
  }
}
