using Microsoft.ML.Regularization.Benchmarks.Scoring;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A layer of recurrent units that reads sequences of numbers, and the mean of their states.</summary>
internal sealed record RecurrentWorkload(string Name, RecurrentArchitecture Units, int Steps, int Values, int BatchSize, int Rows) : Workload(Name, Steps * Values, BatchSize, Rows)
{
    public override RecurrentArchitecture Architecture => Units with { Pooling = SequencePooling.Mean };

    public override int[] Dimensions => [Steps, Values];

    public override double MultiplyAdds => (double)Units.Cell.Gates * Units.HiddenSize * (Values + Units.HiddenSize) * Steps + Units.HiddenSize * Classes;

    public override nn.Module<Tensor, Tensor> CreatePlain() => new PlainRecurrent(Architecture, Values);
}
