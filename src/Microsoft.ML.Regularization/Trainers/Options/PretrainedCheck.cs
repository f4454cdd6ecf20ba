using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what published weights need of the other options: see <see cref="NeuralNetworkOptions.Pretrained"/>.</summary>
internal static class PretrainedCheck
{
    /// <exception cref="ArgumentOutOfRangeException">An option contradicts another one.</exception>
    /// <param name="context">Makes errors.</param>
    /// <param name="options">The options.</param>
    /// <param name="network">The architecture that results from them.</param>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options, NetworkArchitecture network)
    {
        options.FineTuning?.Validate(context);
        if (options.Pretrained is not { } weights)
        {
            // Training may go on from a model, whose head is there.
            if (options.FineTuning is { Probe: not null } tuning)
                throw context.ExceptUserArg(nameof(options.FineTuning), $"FineTuning is {tuning}, whose Probe fits a new head, but Pretrained is null: there are no published weights to start from.");
            return;
        }

        weights.Validate(context);
        ProbeCheck.Check(context, options, network);
        if (options.Architecture is not { } architecture)
            throw Refusal("Architecture is null: set it to the network whose weights these are");
        if (weights.Made is { Origin: var origin })
        {
            if (network != origin.Architecture)
                throw Refusal($"what was pre-trained is {origin.Architecture}, and Architecture is {network}");
            if (options.InputScaling is { } asked && asked != origin.Scaling)
                throw Refusal($"pre-training scaled numbers by {origin.Scaling}, and InputScaling is {asked}: leave InputScaling null");
            if (options.Pack is { } pack)
                throw Refusal($"Pack is {pack}, which draws networks that were not pre-trained: leave Pack null");
            if (weights.Pixels is { } pixels)
                throw Refusal($"Pixels is {pixels}, and {network} reads none");
            return;
        }

        if (architecture is CustomArchitecture || (architecture.Takes & (NetworkInputs.Images | NetworkInputs.Texts)) == NetworkInputs.None)
            throw Refusal($"Architecture is {architecture}, which no published weights are for: take one of the library's for images or texts, or what Pretrain made of rows without labels");
        var readsImages = architecture.Takes.HasFlag(NetworkInputs.Images);
        if (readsImages != weights.Pixels is not null)
            throw Refusal(readsImages ? $"Pixels is null, and {architecture} reads images: set it to the scale that the network was published with" : $"Pixels is {weights.Pixels}, and {architecture} reads none");
        if (readsImages && options.InputScaling is { } scaling && scaling != InputScaling.Standardize)
            throw Refusal($"InputScaling is {scaling}, and Pixels has the scale: leave InputScaling null");

        Exception Refusal(string why) => context.ExceptUserArg(nameof(options.Pretrained), $"Pretrained is {weights.Place}, but {why}.");
    }
}
