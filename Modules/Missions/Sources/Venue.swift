internal import Kernel
internal import MissionsAPI
internal import ProgrammesAPI

/// Where and when people meet, before anybody has said more.
struct Venue: Sendable {
  /// The address each remote session gets its link under.
  let meetings: String

  /// What people are told about the place of a session that has none of its own.
  func place(of session: SessionID, format: Format) throws -> Name {
    let onSite = "à préciser par l’entreprise d’accueil / to be announced by the host company"
    let link = "\(meetings)/\(session)"
    let text =
      switch format {
      case .onSite: onSite
      case .remote: link
      case .hybrid: "\(onSite) · \(link)"
      }
    guard let place = Name(text) else {
      throw Problem.invalid(
        "meetings", en: "the address for remote sessions is too long",
        fr: "l’adresse des séances à distance est trop longue")
    }
    return place
  }

  /// The format of a mission's first sessions: the brief's wish, unless the edition is remote.
  func format(wished: Format, edition: Format) -> Format {
    switch edition {
    case .remote: .remote
    case .onSite, .hybrid: wished
    }
  }
}

extension HalfDay.Part {
  /// Minutes after midnight, by the clocks of the edition's zone.
  private var minutes: (from: Int, to: Int) {
    switch self {
    case .morning: (9 * 60, 12 * 60 + 30)
    case .afternoon: (13 * 60 + 30, 17 * 60)
    }
  }

  func times(on day: Day, in zone: Zone) -> (starts: Instant, ends: Instant) {
    (zone.moment(on: day, minute: minutes.from), zone.moment(on: day, minute: minutes.to))
  }
}

extension Day {
  /// The Monday of its week; 1970-01-01 was a Thursday.
  var monday: Day { advanced(by: -(((number + 3) % 7 + 7) % 7)) }
}
