internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutCallStages: [Endpoint] {
    openCall
    postponeDeadline
    closeCall
  }

  struct Postpone: Codable, Sendable {
    let call: CallID
    let version: Int?
    let closesOn: Day
  }
  struct Close: Codable, Sendable {
    let call: CallID
    /// Said on purpose, to close before the deadline organisations were told.
    let early: Bool?
  }

  var openCall: UseCase<OneCall, CallView> {
    .command(
      "applications.open-call", .post, "/calls/{call}/opening", by: .staff,
      Words(en: "Open a call: organisations may apply", fr: "Ouvrir un appel aux candidatures"),
      problems: ["applications/call-state"]
    ) { (input: OneCall, transaction) in
      var row = try transaction.get(CallRow.self, input.call)
      guard row.state == .draft else {
        throw ApplicationsError.callState(row.state(at: transaction.now))
      }
      let today = row.zone.day(of: transaction.now)
      guard today <= row.closesOn else {
        throw Problem.invalid(
          "closesOn", en: "is in the past (\(row.closesOn)); revise the call first",
          fr: "est déjà passée (\(row.closesOn)) ; revoyez d’abord l’appel")
      }
      // The day it was planned for gives way to the day it happens.
      row.opensOn = today
      row.state = .open
      try transaction.update(&row)
      try transaction.emit(CallOpened(edition: row.editionId, call: row.id))
      return CallView(row, at: transaction.now)
    }
  }

  var postponeDeadline: UseCase<Postpone, CallView> {
    .command(
      "applications.postpone-deadline", .put, "/calls/{call}/deadline", by: .staff,
      Words(
        en: "Give organisations more time; a call that closed opens again",
        fr: "Repousser la date limite ; un appel clos rouvre"),
      problems: ["applications/call-state"]
    ) { (input: Postpone, transaction) in
      var row = try transaction.get(CallRow.self, input.call)
      try row.expect(version: input.version)
      guard row.state == .open || row.state == .closed else {
        throw ApplicationsError.callState(row.state)
      }
      guard input.closesOn > row.closesOn, input.closesOn >= row.zone.day(of: transaction.now)
      else {
        throw Problem.invalid(
          "closesOn", en: "must be later than \(row.closesOn), and not in the past",
          fr: "doit être après le \(row.closesOn), et pas dans le passé")
      }
      row.closesOn = input.closesOn
      row.state = .open
      try transaction.update(&row)
      return CallView(row, at: transaction.now)
    }
  }

  var closeCall: UseCase<Close, CallView> {
    .command(
      "applications.close-call", .post, "/calls/{call}/closing", by: .staff,
      Words(
        en: "Close a call; after its deadline it is closed anyway",
        fr: "Clore un appel ; passé sa date limite il l’est de toute façon"),
      problems: ["applications/call-state", "applications/closes-later"]
    ) { (input: Close, transaction) in
      var row = try transaction.get(CallRow.self, input.call)
      guard row.state == .open else { throw ApplicationsError.callState(row.state) }
      guard row.state(at: transaction.now) == .closed || input.early == true else {
        throw ApplicationsError.closesLater(row.closesOn)
      }
      row.state = .closed
      try transaction.update(&row)
      return CallView(row, at: transaction.now)
    }
  }
}
