internal import ApplicationsAPI
internal import Kernel

extension AccompanimentModule {
  /// Journeys and briefs are found under the name their organisation has now.
  var followName: Subscription {
    .on(OrganisationRenamed.self, "accompaniment.follow-name") { event, transaction in
      try transaction.execute(
        """
        UPDATE accompaniment_journey SET organisation_name = \(event.current),
          organisation_order = \(SortKey(event.current).stored)
        WHERE organisation = \(event.organisation)
        """)
      try transaction.execute(
        """
        UPDATE accompaniment_brief SET organisation_name = \(event.current),
          organisation_order = \(SortKey(event.current).stored)
        WHERE organisation = \(event.organisation)
        """)
    }
  }
}
