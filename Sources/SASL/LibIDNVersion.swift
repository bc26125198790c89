import CIDN

/// The libidn that the process runs with.
public enum LibIDNVersion {
    /// `1.41`
    public static var runtime: String {
        guard let version = stringprep_check_version(nil) else { return "unknown" }
        return String(cString: version)
    }
}
