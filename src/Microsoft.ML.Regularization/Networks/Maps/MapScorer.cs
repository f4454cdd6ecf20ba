using System.Collections.Concurrent;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Scores networks of convolutions in managed SIMD code, without libtorch. A row gives the same bits alone as among others: threads share out images, and one
/// image's places.
/// </summary>
internal sealed unsafe class MapScorer : INetworkScorer
{
    // Floats of the largest maps that a thread computes together, and images at most.
    private const int MostFloats = 1 << 17;
    private const int MostImages = 16;

    private readonly MapRows _rows;
    private readonly MapSteps _steps;
    private readonly ScoringLayer[] _head;
    private readonly int _imagesOfPart;
    private readonly ConcurrentBag<MapMemory> _memories = [];

    /// <param name="parts">The parts of the network that scoring needs; scaling is done before.</param>
    /// <param name="layers">Its layers: maps from the first to <see cref="MapEndDescription"/>, then rows.</param>
    public MapScorer(TrainedParts parts, IReadOnlyList<LayerDescription> layers)
    {
        var (start, end) = ((FeatureMapsDescription)layers[0], layers.OfType<MapEndDescription>().Single());
        var maps = layers.Skip(1).TakeWhile(layer => layer != end).ToList();
        Blocks = maps.Count(layer => layer is ResidualDescription);
        _rows = new MapRows(start.Image, end.Flattens);
        _steps = new MapStepReader(parts, Blocks).Read(maps, _rows.Inputs);
        _head = [.. new ScoringLayerReader(parts.Context, parts.Weights, parts.Recipe.Dropout).ReadAll(layers.Skip(maps.Count + 2))];
        _imagesOfPart = Math.Clamp(MostFloats / _steps.Largest, 1, MostImages);
    }

    public IReadOnlyList<ScoringLayer> Layers => _head;

    public int Blocks { get; }

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        if (noise is not null)
            throw new NotSupportedException("The noise of maps is drawn by libtorch's modules.");

        fixed (float* row = rows, output = outputs)
            ThreadTeam.Current.Run(new Part(this, row, count, rows.Length / count, output, outputs.Length / count), (count + _imagesOfPart - 1) / _imagesOfPart);
    }

    private void ScorePart(float* rows, int count, Span<float> outputs)
    {
        var memory = _memories.TryTake(out var kept) ? kept : new MapMemory();
        var (first, maps) = memory.Take(_rows.Inputs, count);
        var (last, ends) = memory.Take(_steps.Outputs, count);
        _rows.Begin(rows, maps);
        _steps.Apply(maps, ends, memory);
        var units = new float[count * _rows.UnitsOf(_steps.Outputs)];
        _rows.End(ends, units);
        memory.Give(first);
        memory.Give(last);
        _memories.Add(memory);
        foreach (var layer in _head.SkipLast(1))
        {
            var next = new float[count * layer.Outputs];
            layer.Apply(units, count, next, noise: null);
            units = next;
        }

        _head[^1].Apply(units, count, outputs, noise: null);
    }

    private sealed class Part(MapScorer scorer, float* rows, int count, int width, float* outputs, int size) : TeamWork
    {
        public override void Run(int part)
        {
            var first = part * scorer._imagesOfPart;
            var images = Math.Min(scorer._imagesOfPart, count - first);
            scorer.ScorePart(rows + (nint)first * width, images, new Span<float>(outputs + (nint)first * size, images * size));
        }
    }
}
