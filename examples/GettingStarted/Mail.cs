using Microsoft.ML.Data;

namespace GettingStarted;

/// <summary>A row of spam-subjects.tsv.</summary>
internal sealed class Mail
{
    /// <summary>"ham" or "spam".</summary>
    [LoadColumn(0)]
    public string Kind { get; set; } = "";

    [LoadColumn(1)]
    public string Subject { get; set; } = "";
}
