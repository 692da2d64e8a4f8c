/// Where people reach the portal, as the operator says it: links begin with it, and passkeys are bound
/// to it.
var portalOrigin: String? { ServerConfiguration.ofProcess?.origin }

/// The same where nothing was said: what is served now, or would be.
func portalOrigin(of directory: DataDirectory?, said: String? = nil) -> String {
  said ?? portalOrigin ?? directory.flatMap { DirectoryLock.holder(of: $0)?.address }
    ?? ServerConfiguration.ofProcess?.usualAddress ?? "http://127.0.0.1:8080"
}
