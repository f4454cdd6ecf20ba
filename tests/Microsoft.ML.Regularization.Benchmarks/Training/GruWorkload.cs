using Microsoft.ML.Regularization.Benchmarks.Scoring;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A layer of GRU units, and the mean of their states.</summary>
internal sealed record GruWorkload(string Name, int Steps, int Values, int Units, int BatchSize, int Rows) : Workload(Name, Steps * Values, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => NetworkArchitecture.Gru(Units) with { Pooling = SequencePooling.Mean };

    public override int[] Dimensions => [Steps, Values];

    public override double MultiplyAdds => 3.0 * Units * (Values + Units) * Steps + Units * Classes;

    public override nn.Module<Tensor, Tensor> CreatePlain() => new PlainGru(Values, Units);
}
