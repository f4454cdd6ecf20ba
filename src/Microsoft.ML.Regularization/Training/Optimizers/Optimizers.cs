namespace Microsoft.ML.Regularization;

/// <summary>The update rules that a trainer can be given, as members of <see cref="Optimizer"/>: <c>Optimizer.Adam()</c>.</summary>
public static class Optimizers
{
    extension(Optimizer)
    {
        /// <summary>Stochastic gradient descent. It needs a larger learning rate than Adam: 0.01 to 0.1 is usual.</summary>
        /// <param name="momentum">
        /// Momentum: the share of the last step that is carried over into the next, at least 0 (none) and below 1; 0.9 is usual.
        /// </param>
        /// <param name="nesterov">Whether to use Nesterov momentum, which acts as if the gradient were taken one step ahead; needs momentum above 0.</param>
        public static SgdOptimizer Sgd(double momentum = 0, bool nesterov = false) => new() { Momentum = momentum, Nesterov = nesterov };

        /// <summary>Adam; with the recipe's weight decay it is AdamW.</summary>
        /// <param name="beta1">Decay rate of the running mean of the gradient, at least 0 (the gradient itself) and below 1.</param>
        /// <param name="beta2">Decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1.</param>
        /// <param name="epsilon">Constant added to the root of the mean square, from 1e-30 to 1.</param>
        public static AdamOptimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
            new() { Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon };

        /// <summary>The same as <c>Optimizer.Adam</c>, under its usual name with weight decay; the decay itself is set in the recipe.</summary>
        /// <param name="beta1">Decay rate of the running mean of the gradient, at least 0 (the gradient itself) and below 1.</param>
        /// <param name="beta2">Decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1.</param>
        /// <param name="epsilon">Constant added to the root of the mean square, from 1e-30 to 1.</param>
        public static AdamOptimizer AdamW(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => Optimizer.Adam(beta1, beta2, epsilon);

        /// <summary>Muon: orthogonal steps for hidden matrices, Adam's for all else. Its iterations cost the least where many rows go through a layer in a step, as in <see cref="TabMArchitecture"/>.</summary>
        /// <param name="momentum">The share of the running mean of gradients that remains, at least 0 and below 1.</param>
        /// <param name="matrixRate">The learning rate of hidden matrices as a multiple of the learning rate, from 0.001 to 1000.</param>
        public static MuonOptimizer Muon(double momentum = 0.95, double matrixRate = 8) => new() { Momentum = momentum, MatrixRate = matrixRate };

        /// <summary>RMSprop.</summary>
        /// <param name="rho">Decay rate of the running mean of the squared gradient, at least 0 (the square itself) and below 1.</param>
        /// <param name="epsilon">Constant added to the root of the mean square, from 1e-30 to 1.</param>
        /// <param name="momentum">Momentum: the share of the last step that is carried over into the next, at least 0 (none) and below 1.</param>
        public static RmsPropOptimizer RmsProp(double rho = 0.99, double epsilon = 1e-8, double momentum = 0) =>
            new() { Rho = rho, Epsilon = epsilon, Momentum = momentum };
    }
}
