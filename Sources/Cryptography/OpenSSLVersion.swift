import COpenSSL

/// The OpenSSL that the process runs with, which may be newer than the one it was built with.
public enum OpenSSLVersion {
    /// `3.0.17`
    public static var runtime: String { String(cString: OpenSSL_version(OPENSSL_VERSION_STRING)) }
}
