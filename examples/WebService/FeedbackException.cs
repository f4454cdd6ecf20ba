namespace WebService;

/// <summary>The file of what became known is locked, read-only, full or broken.</summary>
/// <param name="path">The file.</param>
/// <param name="cause">What SQLite says.</param>
internal sealed class FeedbackException(string path, Exception cause) : Exception($"Feedback is not available: '{Path.GetFileName(path)}': {cause.Message}", cause);
