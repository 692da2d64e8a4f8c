internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  /// Places that nobody confirmed in time go to the next on the waiting list.
  public var jobs: [Job] {
    [
      .every(seconds: 900, "applications.lapse-confirmations") { transaction in
        let pending = try transaction.select(
          ApplicationRow.self,
          "WHERE state = \(ApplicationState.laureate) AND confirm_by IS NOT NULL")
        for (pending, _) in try withOrganisations(pending, transaction) {
          let call = try transaction.get(CallRow.self, pending.callId)
          guard !pending.mayConfirm(at: transaction.now, in: call.zone) else { continue }
          var row = pending
          try free(&row, by: .lapse, of: call, in: transaction)
        }
      }
    ]
  }
}
