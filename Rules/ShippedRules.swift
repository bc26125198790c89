/// The rule files that are part of the program.
public enum ShippedRules {
    /// The names, as `--rules` takes them, and the files themselves.
    public static let files: [(name: String, octets: [UInt8])] = [
        ("redact-extra", PackageResources.redact_extra_yaml),
        ("share-safe", PackageResources.share_safe_yaml),
    ]
}
