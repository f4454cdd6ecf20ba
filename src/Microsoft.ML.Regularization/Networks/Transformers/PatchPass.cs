using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Images to their patches: (batch, numbers of an image) to (batch * patches, numbers of a patch).</summary>
internal sealed class PatchPass : InputPass
{
    private readonly ImagePatches _patches;
    private readonly TokenRows _tokens;
    private readonly KeptWork _forward;
    private Matrix _input;
    private Matrix _output;

    /// <param name="patches">The patches.</param>
    /// <param name="tokens">Gets the images' tokens.</param>
    public PatchPass(ImagePatches patches, TokenRows tokens)
        : base(patches.Pixels, patches.Numbers) => (_patches, _tokens, _forward) = (patches, tokens, new KeptWork(range: 1, Forward));

    public override int RowsOfRow => _patches.Count;

    public override bool Learns => false;

    // Chunks of one size.
    public override int RowsToTake(Matrix input, int most)
    {
        var chunks = (input.Rows + most - 1) / most;
        return (input.Rows + chunks - 1) / chunks;
    }

    public override int BeginForward(Matrix input)
    {
        _tokens.Take(FirstRow / RowsOfRow, input.Rows);
        return base.BeginForward(input);
    }

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _forward.RunAll(input.Rows);
    }

    protected override void Backward(Matrix gradient)
    {
        // Nothing is learned.
    }

    private void Forward(int image, int count)
    {
        for (var patch = 0; patch < RowsOfRow; patch++)
            _patches.Copy(_input.RowSpan(image), patch, _output.RowSpan(image * RowsOfRow + patch));
    }
}
