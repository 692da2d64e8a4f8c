internal import Foundation

/// Where people reach the portal, as the operator says it: links begin with it, and passkeys are bound
/// to it.
var portalOrigin: String? {
  ProcessInfo.processInfo.environment["PARVIS_ORIGIN"].flatMap { text in
    let plain = text.hasSuffix("/") ? String(text.dropLast()) : text
    return plain.isEmpty ? nil : plain
  }
}

/// The same where nothing was said: what is served now, or would be.
func portalOrigin(of directory: DataDirectory?) -> String {
  portalOrigin ?? directory.flatMap { DirectoryLock.holder(of: $0)?.address }
    ?? "http://127.0.0.1:8080"
}
