namespace Microsoft.ML.Regularization.Tests;

/// <summary>Keeps what a context logs.</summary>
public sealed class LogRecorder
{
    private readonly List<string> _messages = [];

    public LogRecorder(MLContext ml) => ml.Log += (_, message) => _messages.Add(message.Message);

    public IReadOnlyList<string> Messages => _messages;

    public IEnumerable<string> Warnings => _messages.Where(message => message.Contains("Kind=Warning", StringComparison.Ordinal));
}
