using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what published weights need of the other options: see <see cref="NeuralNetworkOptions.Pretrained"/>.</summary>
internal static class PretrainedCheck
{
    /// <exception cref="ArgumentOutOfRangeException">An option contradicts another one.</exception>
    public static void Check(IExceptionContext context, NeuralNetworkOptions options)
    {
        options.FineTuning?.Validate(context);
        if (options.Pretrained is not { } weights)
        {
            if (options.FineTuning is { } tuning)
                throw context.ExceptUserArg(nameof(options.FineTuning), $"FineTuning is {tuning}, but Pretrained is null: there are no published weights to start from.");
            return;
        }

        weights.Validate(context);
        if (options.Architecture is not { } architecture)
            throw Refusal("Architecture is null: set it to the network whose weights these are");
        if (architecture is CustomArchitecture || (architecture.Takes & (NetworkInputs.Images | NetworkInputs.Texts)) == NetworkInputs.None)
            throw Refusal($"Architecture is {architecture}, which starts anew: take one of the library's for images or texts");
        var readsImages = architecture.Takes.HasFlag(NetworkInputs.Images);
        if (readsImages != weights.Pixels is not null)
            throw Refusal(readsImages ? $"Pixels is null, and {architecture} reads images: set it to the scale that the network was published with" : $"Pixels is {weights.Pixels}, and {architecture} reads none");
        if (readsImages && options.InputScaling is { } scaling && scaling != InputScaling.Standardize)
            throw Refusal($"InputScaling is {scaling}, and Pixels has the scale: leave InputScaling null");

        Exception Refusal(string why) => context.ExceptUserArg(nameof(options.Pretrained), $"Pretrained is '{weights.Path}', but {why}.");
    }
}
