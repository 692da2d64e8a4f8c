internal import ApplicationsAPI
public import Kernel
internal import PartnersAPI

enum MovedEntity {}

/// What a profile said of organisations before two of them became one.
struct MovedProfileRow: Record {
  static let table = "partners_moved_profile"

  let id: ID<MovedEntity>
  let merge: OrganisationMergeID
  let volunteer: VolunteerID
  let conflicts: [OrganisationID]
  let previousEmployers: [OrganisationID]
}

extension PartnersModule {
  public var subscriptions: [Subscription] { [followOrganisationMerge, followOrganisationParting] }

  /// Whoever has to do with an organisation has to do with what it became.
  private var followOrganisationMerge: Subscription {
    .on(OrganisationsMerged.self, "partners.follow-organisation-merge") { event, transaction in
      for var row in try transaction.select(
        VolunteerRow.self, "WHERE profile LIKE \("%\(event.gone)%") ORDER BY edition_id, sequence")
      {
        guard var profile = row.profile else { continue }
        try transaction.insert(
          MovedProfileRow(
            id: transaction.newID(), merge: event.merge, volunteer: row.id,
            conflicts: profile.conflicts, previousEmployers: profile.previousEmployers))
        profile.conflicts = profile.conflicts.merging(event.gone, into: event.kept)
        profile.previousEmployers = profile.previousEmployers.merging(event.gone, into: event.kept)
        row.profile = profile
        try transaction.update(&row)
      }
    }
  }

  private var followOrganisationParting: Subscription {
    .on(OrganisationsParted.self, "partners.follow-organisation-parting") { event, transaction in
      for moved in try transaction.select(
        MovedProfileRow.self, "WHERE merge = \(event.merge) ORDER BY id")
      {
        if var row = try transaction.find(VolunteerRow.self, moved.volunteer),
          var profile = row.profile
        {
          profile.conflicts = profile.conflicts.parting(
            event.back, from: event.kept, as: moved.conflicts)
          profile.previousEmployers = profile.previousEmployers.parting(
            event.back, from: event.kept, as: moved.previousEmployers)
          row.profile = profile
          try transaction.update(&row)
        }
        try transaction.delete(MovedProfileRow.self, moved.id)
      }
    }
  }
}

extension [OrganisationID] {
  fileprivate func merging(_ gone: OrganisationID, into kept: OrganisationID) -> Self {
    guard contains(gone) else { return self }
    let rest = filter { $0 != gone }
    return rest.contains(kept) ? rest : rest + [kept]
  }

  /// What was said before comes back; what was said since stays.
  fileprivate func parting(
    _ back: OrganisationID, from kept: OrganisationID, as before: Self
  ) -> Self {
    guard before.contains(back), contains(kept) else { return self }
    return (before.contains(kept) ? self : filter { $0 != kept }) + [back]
  }
}
