extension Specification {
    /// Apple, Apple push.
    static let apple = Specification(
        "Apple",
        "Apple push",
        [
            .command("XAPPLEPUSHSERVICE", "registers an Apple device for push notification"),
            .response("XAPPLEPUSHSERVICE", "push notification is registered"),
            .capability("XAPPLEPUSHSERVICE", "Apple devices can register for push"),
        ]
    )
}
