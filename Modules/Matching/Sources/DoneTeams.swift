internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI

/// A brief whose mission is over.
struct DoneTeamRow: Record {
  static let table = "matching_done_team"
  let id: BriefID
  let editionId: EditionID
}

extension MatchingModule {
  /// Remembers that a team is done, and ends the offers that are still out for it.
  var endTeam: Subscription {
    .on(TeamDone.self, "matching.end-team") { event, transaction in
      guard let edition = event.edition,
        try transaction.find(DoneTeamRow.self, event.brief) == nil
      else { return }
      try transaction.insert(DoneTeamRow(id: event.brief, editionId: edition))
      let open = try transaction.select(
        PlaceRow.self, "WHERE brief = \(event.brief) AND state = 'offered' ORDER BY number")
      for var place in open {
        place.state = .lapsed
        place.answeredAt = transaction.now
        try transaction.update(&place)
        try transaction.emit(
          PlaceLapsed(
            edition: edition, place: place.id, brief: place.brief, role: place.role,
            volunteer: place.volunteer))
      }
    }
  }
}
