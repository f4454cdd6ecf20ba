using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The settings that identify a training run in its checkpoint.</summary>
internal static class RunFields
{
    // Options that affect neither weights nor history, and those covered by other fields: seed and rows.
    private static readonly string[] Indifferent =
    [
        nameof(NeuralNetworkOptions.Seed), nameof(NeuralNetworkOptions.ValidationSet), nameof(NeuralNetworkOptions.TimeLimit),
        nameof(NeuralNetworkOptions.Progress), nameof(NeuralNetworkOptions.CancellationToken), nameof(NeuralNetworkOptions.Checkpoints),
        nameof(NeuralNetworkOptions.KeepMemory),
    ];

    /// <param name="options">The trainer's.</param>
    /// <param name="plan">What results from them.</param>
    /// <param name="previous">What the run goes on from; null to start anew.</param>
    /// <param name="pretext">What it learns of rows without labels; null where they have labels.</param>
    public static SortedDictionary<string, string> OfOptions(NeuralNetworkOptions options, TrainingPlan plan, TrainingOutcome? previous, PretextTask? pretext = null)
    {
        var fields = OptionFields.Of(plan);
        foreach (var (name, value) in OptionFields.Of(options, [.. Indifferent, .. typeof(TrainingPlan).GetProperties().Select(property => property.Name)]))
            fields.Add(name, value);
        if (pretext is not null)
            fields["Task"] = $"{pretext}";
        fields["previous model"] = previous is null ? OptionFields.None : ChecksumOf(previous.Weights);
        return fields;
    }

    public static Dictionary<string, string> OfData(TrainingSet data) =>
        new(data.Fingerprint.Fields("training").Concat(data.ValidationFingerprint.Fields("validation set's")))
        {
            ["number of classes"] = data.Target.ClassCount?.ToString(CultureInfo.InvariantCulture) ?? OptionFields.None,
        };

    private static string ChecksumOf(NetworkWeights weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in weights.Tensors)
            hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.Span));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
