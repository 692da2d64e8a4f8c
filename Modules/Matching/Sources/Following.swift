internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import PartnersAPI

// Places and proposals keep the regime and partner they were made under; people and partners are
// shown under the name they have now.
extension MatchingModule {
  var followVolunteer: Subscription {
    .on(VolunteerCorrected.self, "matching.follow-volunteer") { event, transaction in
      try transaction.execute(
        """
        UPDATE matching_place SET volunteer_name = \(event.current.name)
        WHERE volunteer = \(event.volunteer)
        """)
      try transaction.execute(
        """
        UPDATE matching_proposal SET volunteer_name = \(event.current.name)
        WHERE volunteer = \(event.volunteer)
        """)
    }
  }

  var followTexts: Subscription {
    .on(BriefCorrected.self, "matching.follow-texts") { event, transaction in
      try transaction.execute(
        "UPDATE matching_place SET brief_title = \(event.title) WHERE brief = \(event.brief)")
      try transaction.execute(
        "UPDATE matching_proposal SET brief_title = \(event.title) WHERE brief = \(event.brief)")
      try transaction.execute(
        "UPDATE matching_vacancy SET brief_title = \(event.title) WHERE brief = \(event.brief)")
    }
  }

  var followMerge: Subscription {
    .on(PartnersMerged.self, "matching.follow-merge") { event, transaction in
      try rename(event.volunteers, event.name, in: transaction)
    }
  }

  var followParting: Subscription {
    .on(PartnersParted.self, "matching.follow-parting") { event, transaction in
      try rename(event.volunteers, event.name, in: transaction)
    }
  }

  /// Shows the places of people under the name their partner bears.
  private func rename(
    _ volunteers: [VolunteerID], _ partner: Name, in transaction: Transaction
  ) throws {
    for start in stride(from: 0, to: volunteers.count, by: 1000) {
      let part = volunteers[start..<min(start + 1000, volunteers.count)]
      try transaction.execute(
        """
        UPDATE matching_place SET partner_name = \(partner)
        WHERE volunteer IN \(list: part) AND partner_name IS NOT NULL
        """)
    }
  }

  /// No two partners bear one name, so the name says which is meant.
  var followPartner: Subscription {
    .on(PartnerRenamed.self, "matching.follow-partner") { event, transaction in
      try transaction.execute(
        """
        UPDATE matching_place SET partner_name = \(event.current)
        WHERE partner_name = \(event.previous)
        """)
    }
  }
}
