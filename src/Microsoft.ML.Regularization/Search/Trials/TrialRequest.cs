using System.Text;
using System.Text.Json;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Search;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What is asked of whoever runs a trial: train it up to a share of its epochs. It is small and can be sent anywhere: it has neither rows nor options, but where
/// the checkpoints lie and by which fingerprint rows and space are known.
/// </summary>
public sealed record TrialRequest
{
    /// <summary>The folder of the search, which all that run its trials share.</summary>
    public required string Folder { get; init; }

    /// <summary>That of rows and space: see <see cref="TrialRunner.Fingerprint"/>. Who has another one refuses.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The trial.</summary>
    public required Trial Trial { get; init; }

    /// <summary>How much of the trial's epochs are to be done in all, above 0 and to 1 (all). It goes on from its last checkpoint.</summary>
    public required double Share { get; init; }

    /// <summary>The metric of validation rows by which trials are compared.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>The seed of trials whose options have none.</summary>
    public required int Seed { get; init; }

    /// <summary>Time after which a checkpoint is written within a share, at least 0, which writes after every batch.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>How long it may go without the end of an epoch, until whoever runs it is taken for stuck. Default: 1 hour.</summary>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Memory that the trial may add to its process, in megabytes; null for any.</summary>
    public int? MaxMegabytes { get; init; }

    /// <summary>How long it may take from when it starts, whatever clocks show; null for any.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The request as JSON in one line.</summary>
    public string ToJson() => TrialJson.Write(this);

    /// <summary>Reads a request.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static TrialRequest FromJson(string json) => StrictJson.Read<TrialRequest>(Encoding.UTF8.GetBytes(json));
}
