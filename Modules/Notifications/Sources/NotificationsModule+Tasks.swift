public import Kernel
internal import NotificationsAPI

// What waits for staff: letters that are held back, and letters that failed for good.
extension NotificationsModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    guard actor.isStaff else { return [] }
    return try await host.read { connection in
      var tasks: [WaitingTask] = []
      if let hold = try connection.mailHold() {
        let waiting = try connection.count(
          MessageRow.self, "WHERE state = 'waiting' AND let_go IS NULL")
        tasks.append(
          WaitingTask(
            "notifications.held",
            title: Words(
              en: "Letters are held back (\(waiting) wait): let them go, or not",
              fr: "Les lettres sont retenues (\(waiting) en attente) : les laisser partir, ou non"),
            since: hold.since, page: "/letters", count: max(1, waiting)))
      }
      let failed = try connection.rows(
        """
        SELECT COUNT(*) AS n, MIN(created_at) AS since FROM notifications_message
        WHERE state = 'failed'
        """)
      if let row = failed.first, let since: Instant = try row.get(ifPresent: "since") {
        let count: Int = try row.get("n")
        tasks.append(
          WaitingTask(
            "notifications.failed",
            title: Words(
              en: "Letters that did not arrive: \(count)",
              fr: "Lettres qui ne sont pas arrivées : \(count)"),
            since: since, page: "/letters", count: count))
      }
      return tasks
    }
  }
}
