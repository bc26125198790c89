import CPcap

/// The capabilities with which an interface is opened (capabilities(7)).
public enum CapturePrivileges {
    /// The calling thread has no capability any more, nor have threads that it starts. False: errno says why.
    public static func drop() -> Bool { imapscope_drop_capabilities() == 0 }
}
