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
