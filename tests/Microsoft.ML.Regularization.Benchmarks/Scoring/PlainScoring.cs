using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>Scoring as a user of TorchSharp writes it by hand: rows in a tensor, forward without gradients, the logits copied out.</summary>
internal static class PlainScoring
{
    private const int BatchSize = 1024;

    public static ScoringSpeed Rows(ScoringWorkload workload, double seconds)
    {
        using var network = workload.CreatePlain();
        network.eval();
        using var features = rand(workload.Rows, workload.Features);
        var logits = new float[workload.Rows * ScoringWorkload.Classes];
        using var _ = no_grad();
        return ScoringSpeed.Of(seconds, workload.Rows, () =>
        {
            for (var start = 0; start < workload.Rows; start += BatchSize)
            {
                using var scope = NewDisposeScope();
                var outputs = network.forward(features.narrow(0, start, Math.Min(BatchSize, workload.Rows - start)));
                MemoryMarshal.Cast<byte, float>(outputs.bytes).CopyTo(logits.AsSpan(start * ScoringWorkload.Classes));
            }
        });
    }

    public static ScoringSpeed OneRow(ScoringWorkload workload, double seconds)
    {
        using var network = workload.CreatePlain();
        network.eval();
        var row = new float[workload.Features];
        var logits = new float[ScoringWorkload.Classes];
        using var _ = no_grad();
        return ScoringSpeed.Of(seconds, 1, () =>
        {
            using var scope = NewDisposeScope();
            var input = empty(1, workload.Features);
            row.CopyTo(MemoryMarshal.Cast<byte, float>(input.bytes));
            MemoryMarshal.Cast<byte, float>(network.forward(input).bytes).CopyTo(logits);
        });
    }
}
