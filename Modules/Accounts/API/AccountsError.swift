public import Kernel

/// Why somebody does not get in, or may not change how.
public enum AccountsError: UserFacing, Equatable {
  /// Of the link of a letter; the state is never `ready`.
  case link(LinkState)
  /// The code is wrong; so many attempts are left, where that is counted for this link.
  case wrongCode(left: Int?)
  /// Tried too often; in so many seconds one may try again, and nothing is locked.
  case tooMany(seconds: Int)
  /// The session is unknown or has ended.
  case signedOut
  /// A second factor is to be given first.
  case strongerNeeded
  /// The passkey's answer does not hold; the text says why, for the log.
  case passkey(String)
  /// What this would finish was not begun, is done, or took too long.
  case nothingBegun
  /// A hat of theirs wants a second factor, and this is the only one.
  case lastFactor
  /// An account keeps at least one address.
  case lastAddress
  /// The address is that of an account with a role of staff or a second factor, or of one disabled.
  case addressTaken
  /// They may not act as that, or not yet.
  case notYourHat
  /// Of the link of an invitation; the state is never `ready`.
  case invitation(LinkState)
  /// Of the link to look around a demonstration.
  case guide(LinkState)
  /// There are links to look around in a demonstration only.
  case notADemonstration
  /// The link is not one that was made here, or its key is no longer believed.
  case actionTampered
  /// The deadline of the thing has passed.
  case actionExpired
  /// The hat is no longer that of the address the link was written to.
  case actionChangedHands
  /// Whoever acts as this signs in: staff, reviewers, and nobody in particular.
  case notByLink(Role)
  /// Nobody would be left to administer the instance.
  case lastAdministrator
  /// The owner of the address has that role already.
  case alreadyStaff(EmailAddress)
  /// There is nobody of that role with that id, so no token is made for them.
  case noSuchSubject(Grant)

  /// For the header `Retry-After`.
  public var retryAfter: Int? { if case .tooMany(let seconds) = self { seconds } else { nil } }
}
