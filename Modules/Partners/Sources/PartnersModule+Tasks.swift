public import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

// What waits for whom, read off the states of people.
extension PartnersModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    switch actor.role {
    case .volunteer:
      guard let id = actor.subject(as: .volunteer, VolunteerID.self) else { return [] }
      return try await host.read { try volunteerTasks(of: id, in: $0) }
    case .partner:
      guard let id = actor.subject(as: .partner, PartnerContactID.self) else { return [] }
      return try await contactTasks(of: id)
    case .administrator, .manager:
      return try await staffTasks()
    case .member, .reviewer, .system, .anyone: return []
    }
  }

  private func volunteerTasks(
    of id: VolunteerID, in connection: any Connection
  ) throws -> [WaitingTask] {
    guard let row = try connection.find(VolunteerRow.self, id), row.withdrawnAt == nil else {
      return []
    }
    var tasks: [WaitingTask] = []
    if let day = row.askedToStay {
      tasks.append(
        WaitingTask(
          "partners.stay",
          title: Words(
            en: "Your company left: say by \(day) whether you stay in your own time",
            fr:
              "Votre entreprise est partie : dire jusqu’au \(day) inclus si vous restez sur votre temps personnel"
          ),
          since: row.registeredAt, page: "/volunteers/\(id)/profile"))
    }
    guard row.completedAt == nil else { return tasks }
    return tasks + [
      WaitingTask(
        "partners.complete-profile",
        title: Words(
          en: "Say what you can do and when you are free",
          fr: "Dire ce que vous savez faire et quand vous êtes libre"),
        since: row.registeredAt, page: "/volunteers/\(id)/profile")
    ]
  }

  /// A pledge that fewer people came for than were promised.
  private func contactTasks(of id: PartnerContactID) async throws -> [WaitingTask] {
    let pledges = try await host.read { connection in
      try connection.rows(
        """
        SELECT p.partner, p.edition_id, p.people, a.signed_on,
          (SELECT COUNT(*) FROM partners_volunteer v WHERE v.edition_id = p.edition_id
            AND v.partner = p.partner AND v.withdrawn_at IS NULL) AS there
        FROM partners_contact c JOIN partners_pledge p ON p.partner = c.partner
        JOIN partners_agreement a ON a.partner = p.partner AND a.edition_id = p.edition_id
        WHERE c.id = \(id) ORDER BY a.signed_on, p.edition_id
        """)
    }
    var tasks: [WaitingTask] = []
    for row in pledges {
      let (pledged, there): (Int, Int) = (try row.get("people"), try row.get("there"))
      let partner: PartnerID = try row.get("partner")
      let edition = try await programmes.edition(row.get("edition_id"))
      guard there < pledged, edition.state != .closed else { continue }
      tasks.append(
        WaitingTask(
          "partners.send-people",
          title: Words(
            en: "Send the list of your people: \(there) of the \(pledged) pledged are registered",
            fr: "Envoyer la liste de vos participants : \(there) inscrits sur \(pledged) promis"),
          since: edition.zone.start(of: try row.get("signed_on")),
          page: "/partners/\(partner)/editions/\(edition.id)", count: pledged - there))
    }
    return tasks
  }

  /// People who were asked for their profile and have not answered, edition by edition.
  private func staffTasks() async throws -> [WaitingTask] {
    let waiting = try await host.read { connection in
      try connection.rows(
        """
        SELECT edition_id, COUNT(*) AS n, MIN(registered_at) AS since FROM partners_volunteer
        WHERE completed_at IS NULL AND withdrawn_at IS NULL AND claim_of IS NULL GROUP BY edition_id ORDER BY since
        """
      ).map { row in
        (
          try row.get("edition_id", as: EditionID.self), try row.get("n", as: Int.self),
          try row.get("since", as: Instant.self)
        )
      }
    }
    var tasks: [WaitingTask] = []
    for (id, count, since) in waiting {
      let edition = try await programmes.edition(id)
      guard edition.state != .closed else { continue }
      tasks.append(
        WaitingTask(
          "partners.profiles-missing",
          title: Words(
            en: "Profiles are missing: \(count) in “\(edition.name)”",
            fr: "Des profils manquent : \(count) dans « \(edition.name) »"),
          since: since, page: "/editions/\(id)/volunteers", count: count))
    }
    return tasks + (try await doubtTasks())
  }

  /// Who is likely registered twice, and whom a partner claims who came another way.
  private func doubtTasks() async throws -> [WaitingTask] {
    let found = try await host.read { connection in
      try connection.rows(
        """
        SELECT edition_id, MIN(registered_at) AS since, COUNT(claim_of) AS claims
        FROM partners_volunteer WHERE withdrawn_at IS NULL GROUP BY edition_id ORDER BY edition_id
        """
      ).map { row in
        let edition: EditionID = try row.get("edition_id")
        return (
          edition, try row.get("since", as: Instant.self), try row.get("claims", as: Int.self),
          try likelyVolunteers(of: edition, in: connection).count
        )
      }
    }
    var tasks: [WaitingTask] = []
    for (id, since, claims, alike) in found where claims + alike > 0 {
      let edition = try await programmes.edition(id)
      guard edition.state != .closed else { continue }
      if claims > 0 {
        tasks.append(
          WaitingTask(
            "partners.claims",
            title: Words(
              en: "Settle whose people are: \(claims) are registered another way too",
              fr: "Trancher de qui relèvent \(claims) personnes inscrites aussi autrement"),
            since: since, page: "/editions/\(id)/claims", count: claims))
      }
      if alike > 0 {
        tasks.append(
          WaitingTask(
            "partners.duplicates",
            title: Words(
              en: "Look at people who are likely registered twice: \(alike)",
              fr: "Regarder les personnes sans doute inscrites deux fois : \(alike)"),
            since: since, page: "/editions/\(id)/duplicates", count: alike))
      }
    }
    return tasks
  }
}
