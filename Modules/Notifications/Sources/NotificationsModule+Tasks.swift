public import Kernel
internal import NotificationsAPI

// What waits for staff: letters that are held back, and letters that failed for good.
extension NotificationsModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    let addresses = try await addressTasks(for: actor)
    guard actor.isStaff else { return addresses }
    return try await host.read { connection in
      var tasks = addresses
      let answers = try connection.rows(
        "SELECT COUNT(*) AS n, MIN(at) AS since FROM notifications_answer WHERE read_at IS NULL")
      if let row = answers.first, let since: Instant = try row.get(ifPresent: "since") {
        let count: Int = try row.get("n")
        tasks.append(
          WaitingTask(
            "notifications.answers",
            title: Words(
              en: "Read what people wrote back: \(count)",
              fr: "Lire ce qui a été répondu : \(count)"),
            since: since, page: "/mail-answers", count: count))
      }
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
      let escalated = try connection.rows(
        """
        SELECT COUNT(*) AS n, MIN(escalated_at) AS since FROM notifications_reminder
        WHERE escalated_at IS NOT NULL
        """)
      if let row = escalated.first, let since: Instant = try row.get(ifPresent: "since") {
        let count: Int = try row.get("n")
        tasks.append(
          WaitingTask(
            "notifications.escalated",
            title: Words(
              en: "See to what reminders did not help: \(count)",
              fr: "Reprendre ce que les rappels n’ont pas fait avancer : \(count)"),
            since: since, page: "/reminders", count: count))
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
