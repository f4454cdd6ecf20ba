using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A vision transformer with a class token.</summary>
internal sealed record VisionTransformerWorkload(string Name, ImageShape Image, int Patch, int Width, int Depth, int Heads, int BatchSize, int Rows)
    : Workload(Name, Image.Channels * Image.Height * Image.Width, BatchSize, Rows)
{
    public override NetworkArchitecture Architecture => NetworkArchitecture.VisionTransformer(Patch, Width, Depth, Heads);

    public override ImageShape ImageShape => Image;

    public override double MultiplyAdds
    {
        get
        {
            double tokens = Patches + 1;
            var block = 12.0 * tokens * Width * Width + 2 * tokens * tokens * Width;
            return Patches * (double)PatchNumbers * Width + Depth * block + Width * Classes;
        }
    }

    private int Patches => Image.Height / Patch * (Image.Width / Patch);

    private int PatchNumbers => Image.Channels * Patch * Patch;

    public override nn.Module<Tensor, Tensor> CreatePlain() => new PlainVisionTransformer(this, Patches);
}
