public import Kernel

public enum ProgrammeEntity {}
/// Which programme; an edition keeps the one it was planned for.
public typealias ProgrammeID = ID<ProgrammeEntity>
public enum HalfDayEntity {}
/// Which half-day of a calendar. It stays while the half-day keeps its key.
public typealias HalfDayID = ID<HalfDayEntity>

/// Where the people of an edition meet.
public enum Format: String, Codable, CaseIterable, Sendable, Hashable {
  /// At the places of the edition.
  case onSite = "on-site"
  /// By video only: a session's place is then a link.
  case remote
  /// Both: a session has a place and a link, or one of them, as its mission's brief wishes.
  case hybrid
}

/// How far an edition is: planned, then open, then closed; closed too early, it is opened again.
public enum EditionState: String, Codable, CaseIterable, Sendable, Hashable {
  /// Being prepared: its calendar may still change in every way.
  case planned
  /// Running. Half-days may be added; those there are neither move nor go.
  case open
  /// Over: modules take in nothing new for it. Staff can open it again.
  case closed
}

/// One run of a programme, from its call to its follow-up.
public struct Edition: Codable, Hashable, Sendable {
  /// The same for good; every row of every module that belongs to the edition bears it.
  public let id: EditionID
  /// Never changes.
  public let programme: ProgrammeID
  /// Staff may correct it, as they may theme, territory and days.
  public let name: Name
  /// What the edition is about, for people to read.
  public let theme: Paragraph
  /// Where it takes place, in words: a name, not a code.
  public let territory: Name
  /// Deadlines of the edition are wall-clock dates here.
  public let zone: Zone
  /// Changes said with `FormatChanged`.
  public let format: Format
  /// The first day, in `zone`.
  public let starts: Day
  /// The last day, in `zone`, included; never before `starts`.
  public let ends: Day
  /// As it was when asked; `EditionOpened` and `EditionClosed` tell what comes after.
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
  /// Which hours these are is for Missions: 09:00 to 12:30, or 13:30 to 17:00.
  public enum Part: String, Codable, CaseIterable, Sendable, Hashable {
    /// Before noon.
    case morning
    /// After noon.
    case afternoon
  }

  /// Stays when the day or the part is changed under the same key.
  public let id: HalfDayID
  /// What rosters and forms call it: `2020-11-17-am`.
  public let key: Key
  /// Within the edition, in its zone.
  public let day: Day
  /// Two half-days may share a day and a part; their keys differ.
  public let part: Part

  public init(id: HalfDayID, key: Key, day: Day, part: Part) {
    self.id = id
    self.key = key
    self.day = day
    self.part = part
  }
}
